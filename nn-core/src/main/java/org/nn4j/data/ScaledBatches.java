package org.nn4j.data;

import java.util.Iterator;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;

/**
 * Batches of a source with scaled inputs. The source's batches are not changed, because it may
 * return them again.
 */
record ScaledBatches(BatchSource source, InputScaling scaling) implements BatchSource {
  ScaledBatches {
    scaling.requireFits(source.inputShape());
  }

  @Override
  public Shape inputShape() {
    return source.inputShape();
  }

  @Override
  public Shape targetShape() {
    return source.targetShape();
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return source.batchesPerEpoch();
  }

  @Override
  public Epoch evaluation() {
    return new ScaledEpoch(source.evaluation(), scaling);
  }

  @Override
  public Epoch epoch(int number) {
    return new ScaledEpoch(source.epoch(number), scaling);
  }

  private static final class ScaledEpoch extends SinglePassEpoch {
    private final Epoch epoch;
    private final InputScaling scaling;
    private @Nullable INDArray scaled;

    ScaledEpoch(Epoch epoch, InputScaling scaling) {
      this.epoch = epoch;
      this.scaling = scaling;
    }

    @Override
    Iterator<Batch> batches() {
      Iterator<Batch> raw = epoch.iterator();
      return new Cursor(raw::hasNext, () -> scale(raw.next()));
    }

    private Batch scale(Batch batch) {
      free();
      INDArray inputs = scaling.apply(batch.inputs());
      scaled = inputs;
      return new Batch(inputs, batch.targets(), batch.weights());
    }

    private void free() {
      if (scaled != null) {
        scaled.close();
        scaled = null;
      }
    }

    @Override
    public void close() {
      free();
      epoch.close();
    }
  }
}
