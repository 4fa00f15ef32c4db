package org.nn4j.data;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.SeededRandom;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.kernel.RowWork;

/** View whose samples are changed at random in each epoch of training only. */
record AugmentedDataset(Dataset source, Augmentation augmentation, long seed) implements View {
  AugmentedDataset {
    augmentation.requireFits(source.inputShape());
  }

  @Override
  public String toString() {
    return BaseDataset.print(this);
  }

  @Override
  public Dataset on(Dataset other) {
    return new AugmentedDataset(other, augmentation, seed);
  }

  @Override
  public Dataset inEpoch(int number) {
    Checks.epoch(number, "Dataset.inEpoch");
    return new Drawn(
        source.inEpoch(number), augmentation, SeededRandom.stream(seed, number).nextLong());
  }

  /** Samples of one epoch; each depends only on the seed, the epoch and its row. */
  private record Drawn(Dataset source, Augmentation augmentation, long seed) implements View {
    @Override
    public String toString() {
      return BaseDataset.print(this);
    }

    @Override
    public Dataset on(Dataset other) {
      return new Drawn(other, augmentation, seed);
    }

    @Override
    public void gather(int[] rows, INDArray inputs, INDArray targets) {
      source.gather(rows, inputs, targets);
      float[] all = JavaArrays.floats(inputs);
      double[] exact = inputs.dataType() == DataType.DOUBLE ? JavaArrays.doubles(inputs) : null;
      int length = all.length / rows.length;
      RowWork.run(
          rows.length,
          length,
          (from, to) -> {
            float[] sample = new float[length];
            for (int i = from; i < to; i++) {
              System.arraycopy(all, i * length, sample, 0, length);
              augmentation.apply(sample, SeededRandom.stream(seed, rows[i]));
              if (exact != null) {
                addChanges(all, sample, i * length, exact);
              }
              System.arraycopy(sample, 0, all, i * length, length);
            }
          });
      if (exact != null) {
        JavaArrays.copy(exact, inputs);
      } else {
        JavaArrays.copy(all, inputs);
      }
    }

    /** Elements that an augmentation does not change keep their double precision. */
    private static void addChanges(float[] before, float[] sample, int at, double[] exact) {
      for (int j = 0; j < sample.length; j++) {
        if (sample[j] != before[at + j]) {
          exact[at + j] += (double) sample[j] - before[at + j];
        }
      }
    }
  }
}
