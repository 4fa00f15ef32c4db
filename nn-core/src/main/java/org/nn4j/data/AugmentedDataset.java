package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.SeededRandom;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.kernel.RowWork;

/** Samples that are changed at random in each epoch of training, and left alone otherwise. */
record AugmentedDataset(Dataset source, Augmentation augmentation, long seed) implements View {
  AugmentedDataset {
    augmentation.requireFits(source.inputShape());
  }

  @Override
  public Dataset on(Dataset other) {
    return new AugmentedDataset(other, augmentation, seed);
  }

  @Override
  public Dataset inEpoch(int number) {
    SinglePassEpoch.requireNumber(number, "Dataset.inEpoch");
    return new Drawn(
        source.inEpoch(number), augmentation, SeededRandom.stream(seed, number).nextLong());
  }

  /** The samples of one epoch: those of a row depend on the seed and the row alone. */
  private record Drawn(Dataset source, Augmentation augmentation, long seed) implements View {
    @Override
    public Dataset on(Dataset other) {
      return new Drawn(other, augmentation, seed);
    }

    @Override
    public void gather(int[] rows, INDArray inputs, INDArray targets) {
      source.gather(rows, inputs, targets);
      float[] all = new float[Math.toIntExact(inputs.length())];
      Kernel.toJava(inputs, all);
      int length = all.length / rows.length;
      RowWork.run(
          rows.length,
          length,
          (from, to) -> {
            float[] sample = new float[length];
            for (int i = from; i < to; i++) {
              System.arraycopy(all, i * length, sample, 0, length);
              augmentation.apply(sample, SeededRandom.stream(seed, rows[i]));
              System.arraycopy(sample, 0, all, i * length, length);
            }
          });
      Kernel.fromJava(all, inputs);
    }
  }
}
