package org.nn4j.metric;

/** Mean of terms, one for each sample or element; NaN without a term. Not thread-safe. */
abstract class MeanMetric implements Metric {
  private final String name;
  private double sum;
  private long count;

  MeanMetric(String name) {
    this.name = name;
  }

  final void add(double term) {
    sum += term;
    count++;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final double value() {
    return count == 0 ? Double.NaN : sum / count;
  }

  @Override
  public final void reset() {
    sum = 0;
    count = 0;
  }
}
