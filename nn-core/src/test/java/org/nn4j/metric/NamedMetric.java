package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A metric that is 0 whatever the predictions. */
public record NamedMetric(String name) implements Metric {
  @Override
  public void update(INDArray predictions, INDArray targets) {}

  @Override
  public double value() {
    return 0;
  }

  @Override
  public void reset() {}

  @Override
  public String toString() {
    return "NamedMetric";
  }
}
