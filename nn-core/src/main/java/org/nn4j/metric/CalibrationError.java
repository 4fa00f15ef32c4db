package org.nn4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.data.Labels;

/**
 * Expected calibration error: the mean distance between predicted probabilities and observed
 * shares.
 *
 * <pre>
 * two or more outputs   p = largest output       event: it is that of the true class
 * one output            p = the output           event: the true class is 1
 *
 * value = Σ (n(b) / N) |share of events in bin b − mean p in bin b|
 * </pre>
 *
 * <p>The bins are of equal width, (lower, upper]; 0 is in the first. An empty bin does not count
 * (Guo et al., On Calibration of Modern Neural Networks, ICML 2017, equation 3). NaN without a
 * sample, or if a prediction is NaN. Memory is constant. Created by {@link Metrics}. Not
 * thread-safe.
 */
public final class CalibrationError implements Metric {
  /** Default number of bins. */
  static final int DEFAULT_BINS = 15;

  private final long[] counts;
  private final double[] sums;
  private final long[] events;
  private boolean holdsNaN;

  /**
   * Row of a reliability table: the samples whose probability p is in (lower, upper].
   *
   * @param lower the lower bound
   * @param upper the upper bound
   * @param count the number of samples
   * @param meanProbability the mean of p; NaN without a sample
   * @param shareOfEvents the share of samples with the event; NaN without a sample
   */
  public record Bin(
      double lower, double upper, long count, double meanProbability, double shareOfEvents) {}

  CalibrationError(int bins) {
    Require.atLeastOne(bins, "CalibrationError", "number of bins");
    this.counts = new long[bins];
    this.sums = new double[bins];
    this.events = new long[bins];
  }

  @Override
  public String name() {
    return "expected calibration error";
  }

  @Override
  public boolean needsProbabilities(int outputs) {
    return true;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    int[] classes = PredictionRows.classesOfTargets(predictions, targets, name());
    double[][] p = PredictionRows.probabilities(predictions, name());
    for (int i = 0; i < p.length; i++) {
      int predicted = Labels.classOf(p[i]);
      if (predicted == Labels.NO_CLASS) {
        holdsNaN = true;
      } else if (p[i].length == 1) {
        add(p[i][0], classes[i] == 1);
      } else {
        add(p[i][predicted], classes[i] == predicted);
      }
    }
  }

  private void add(double p, boolean isEvent) {
    int bin = 0;
    while (bin < counts.length - 1 && p > upper(bin)) {
      bin++;
    }
    counts[bin]++;
    sums[bin] += p;
    events[bin] += isEvent ? 1 : 0;
  }

  private double upper(int bin) {
    return (bin + 1.0) / counts.length;
  }

  /**
   * Returns the reliability table.
   *
   * @return a row for each bin, in ascending order
   */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < counts.length; b++) {
      double n = counts[b] == 0 ? Double.NaN : counts[b];
      bins.add(
          new Bin((double) b / counts.length, upper(b), counts[b], sums[b] / n, events[b] / n));
    }
    return List.copyOf(bins);
  }

  @Override
  public double value() {
    long total = Arrays.stream(counts).sum();
    if (holdsNaN || total == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (int b = 0; b < counts.length; b++) {
      sum += Math.abs(events[b] - sums[b]); // n(b) |share − mean|
    }
    return sum / total;
  }

  @Override
  public void reset() {
    Arrays.fill(counts, 0);
    Arrays.fill(sums, 0);
    Arrays.fill(events, 0);
    holdsNaN = false;
  }

  /** Returns the reliability table as text. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder("    probability   count    mean  events\n");
    for (Bin bin : bins()) {
      table.append(
          String.format(
              Locale.ROOT,
              "(%.3f, %.3f]  %6d  %6.4f  %6.4f\n",
              bin.lower(),
              bin.upper(),
              bin.count(),
              bin.meanProbability(),
              bin.shareOfEvents()));
    }
    return table.toString();
  }
}
