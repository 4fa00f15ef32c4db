package org.nn4j.data.batch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.InputScaling;
import org.nn4j.data.Sample;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.NewArrays;

/** Source of batches of a stream of samples; one batch is in memory at a time. */
record SampleStream(
    Shape inputShape,
    Shape targetShape,
    int batchSize,
    DataType type,
    IntFunction<Stream<Sample>> samples,
    List<InputScaling> scalings)
    implements BatchSource {
  SampleStream {
    Require.atLeastOne(batchSize, "BatchSource", "batch size");
  }

  /** Scales the doubles of the samples before they are cast. */
  @Override
  public BatchSource normalize(InputScaling scaling) {
    Require.notNull(scaling, "BatchSource.normalize", "scaling");
    scaling.requireFits(inputShape);
    List<InputScaling> more = new ArrayList<>(scalings);
    more.add(scaling);
    return new SampleStream(inputShape, targetShape, batchSize, type, samples, List.copyOf(more));
  }

  /** Returns the same batches in another data type. */
  SampleStream as(DataType other) {
    return new SampleStream(inputShape, targetShape, batchSize, other, samples, scalings);
  }

  @Override
  public Epoch epoch(int number) {
    Checks.epoch(number, "BatchSource.epoch");
    return new SampleEpoch(
        Checks.returned(samples.apply(number), "BatchSource.ofSamples", "a stream of samples"));
  }

  private final class SampleEpoch extends SinglePassEpoch {
    private final Stream<Sample> stream;
    private final Iterator<Sample> samples;
    private @Nullable Batch last;
    private long count;

    SampleEpoch(Stream<Sample> stream) {
      this.stream = stream;
      this.samples = stream.iterator();
    }

    @Override
    Iterator<Batch> batches() {
      return new Cursor(samples::hasNext, this::read);
    }

    private Batch read() {
      free();
      List<double[]> inputs = new ArrayList<>(batchSize);
      List<double[]> targets = new ArrayList<>(batchSize);
      while (inputs.size() < batchSize && samples.hasNext()) {
        Sample sample =
            Checks.returned(samples.next(), "BatchSource.ofSamples", "a sample from the stream");
        Checks.rowLength(inputShape.size(), sample.input().length, "inputs", count);
        Checks.rowLength(targetShape.size(), sample.target().length, "targets", count);
        inputs.add(scaled(sample.input()));
        targets.add(sample.target());
        count++;
      }
      Batch batch = new Batch(array(inputs, inputShape), array(targets, targetShape));
      last = batch;
      return batch;
    }

    private double[] scaled(double[] input) {
      double[] x = input;
      for (InputScaling scaling : scalings) {
        x = scaling.apply(x);
      }
      return x;
    }

    private INDArray array(List<double[]> rows, Shape shape) {
      INDArray doubles = NewArrays.of(rows.toArray(double[][]::new));
      INDArray shaped = doubles.reshape('c', shape.withBatch(rows.size()));
      if (type == DataType.DOUBLE) {
        return shaped;
      }
      try (doubles) {
        return Detached.make(() -> shaped.castTo(type));
      }
    }

    private void free() {
      if (last != null) {
        last.free();
        last = null;
      }
    }

    @Override
    public void close() {
      free();
      stream.close();
    }
  }
}
