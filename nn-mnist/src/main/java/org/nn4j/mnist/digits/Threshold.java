package org.nn4j.mnist.digits;

/**
 * The level between paper and ink: halfway between the mean of the pixels above it and the mean of
 * those below.
 *
 * <p>Source: Ridler and Calvard, "Picture Thresholding Using an Iterative Selection Method" (1978).
 * Unlike Otsu's it does not mind that ink covers little of a large sheet, as it starts from the
 * strongest ink that is more than a speck.
 *
 * @param level what is above is ink
 * @param contrast how far the mean of the ink is above that of the paper; 0 if there is no ink
 */
record Threshold(double level, double contrast) {
  private static final int BINS = 1024;

  static Threshold of(InkField field) {
    long[] counts = new long[BINS];
    for (int i = 0; i < field.pixels(); i++) {
      counts[(int) Math.min(field.at(i) * BINS, BINS - 1)]++;
    }
    int bin = (int) Math.min(field.strongest() / 2 * BINS, BINS - 2);
    // Each level parts the bins better than the one before: none comes back, and the loop ends.
    for (int round = 0; round < BINS; round++) {
      double below = mean(counts, 0, bin);
      double above = mean(counts, bin + 1, BINS - 1);
      if (Double.isNaN(below) || Double.isNaN(above)) {
        break;
      }
      int next = (int) ((below + above) / 2);
      if (next == bin) {
        return new Threshold((bin + 1.0) / BINS, (above - below) / BINS);
      }
      bin = next;
    }
    return new Threshold(1, 0);
  }

  /** The mean of the bins' numbers; NaN if nothing is in them. */
  private static double mean(long[] counts, int first, int last) {
    double sum = 0;
    double count = 0;
    for (int bin = first; bin <= last; bin++) {
      sum += (double) bin * counts[bin];
      count += counts[bin];
    }
    return sum / count;
  }
}
