package org.nn4j.data.batch;

import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.data.InputScaling;
import org.nn4j.internal.RowScaling;
import org.nn4j.internal.kernel.Kernel;

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
    private final RowScaling rows;
    private @Nullable INDArray scaled;

    ScaledEpoch(Epoch epoch, InputScaling scaling) {
      this.epoch = epoch;
      this.scaling = scaling;
      this.rows = new RowScaling(scaling.mean(), scaling.deviation());
    }

    @Override
    Iterator<Batch> batches() {
      Iterator<Batch> raw = epoch.iterator();
      return new Cursor(raw::hasNext, () -> scale(raw.next()));
    }

    private Batch scale(Batch batch) {
      INDArray raw = batch.inputs();
      INDArray inputs = scaled;
      if (inputs != null
          && inputs.dataType() == raw.dataType()
          && Arrays.equals(inputs.shape(), raw.shape())) {
        Kernel.copy(raw, inputs);
        rows.apply(inputs);
      } else {
        free();
        inputs = scaling.apply(raw);
        scaled = inputs;
      }
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
