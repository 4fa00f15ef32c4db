package org.nn4j.train;

import java.util.List;

/**
 * The figures of a training run, epoch by epoch. Immutable.
 *
 * @param epochs first to last
 */
public record History(List<EpochEnd> epochs) {
  /**
   * Checks the arguments.
   *
   * @param epochs first to last
   */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * The last epoch.
   *
   * @return its figures
   */
  public EpochEnd last() {
    return epochs.get(epochs.size() - 1);
  }
}
