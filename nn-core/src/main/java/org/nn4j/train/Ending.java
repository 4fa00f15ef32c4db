package org.nn4j.train;

import java.util.Locale;
import org.nn4j.Require;

/**
 * Why a training run ended.
 *
 * @param kind which of the ways to end
 * @param reason in words, such as {@code "10 epochs"}
 */
public record Ending(Kind kind, String reason) {
  /**
   * Checks the arguments.
   *
   * @param kind which of the ways to end
   * @param reason in words, such as {@code "10 epochs"}
   */
  public Ending {
    Require.notNull(kind, "Ending", "kind");
    Require.notNull(reason, "Ending", "reason");
  }

  /** The ways to end. */
  public enum Kind {
    /** All epochs or steps were done. */
    COMPLETED,
    /** A listener asked to stop. */
    STOPPED,
    /** The thread was interrupted, or {@link Trainer#stop()} was called: to be taken up later. */
    INTERRUPTED,
    /** By an exception. */
    FAILED
  }

  @Override
  public String toString() {
    return kind.toString().toLowerCase(Locale.ROOT) + ": " + reason;
  }
}
