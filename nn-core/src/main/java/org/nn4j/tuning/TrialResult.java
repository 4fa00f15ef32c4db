package org.nn4j.tuning;

import java.util.Optional;
import org.nn4j.Require;

/**
 * Result of one trial, after its last epochs.
 *
 * @param trial the trial
 * @param score the figure that the search compares; NaN if training diverged
 * @param result the figures; empty if training diverged
 */
public record TrialResult(Trial trial, double score, Optional<RunResult> result) {
  /**
   * Checks the arguments.
   *
   * @param trial the trial
   * @param score the figure that the search compares
   * @param result the figures
   */
  public TrialResult {
    Require.notNull(trial, "TrialResult", "trial");
    Require.notNull(result, "TrialResult", "result");
  }

  /** {@return the number of epochs that were trained; 0 if training diverged} */
  public int epochs() {
    return result.map(run -> run.history().epochs().size()).orElse(0);
  }
}
