package org.nn4j.train;

import java.util.Locale;
import org.nn4j.Require;

/**
 * Reason why a training run stopped.
 *
 * @param kind the kind of stop
 * @param text in words, such as {@code "10 epochs"}
 */
public record StopReason(Kind kind, String text) {
  /**
   * Checks the arguments.
   *
   * @param kind the kind of stop
   * @param text in words, such as {@code "10 epochs"}
   */
  public StopReason {
    Require.notNull(kind, "StopReason", "kind");
    Require.notNull(text, "StopReason", "text");
  }

  /** The kinds of stop. */
  public enum Kind {
    /** All epochs or steps were done. */
    COMPLETED,
    /** A listener requested to stop. */
    STOPPED,
    /** The thread was interrupted, or {@link Trainer#stop()} was called; the next fit resumes. */
    INTERRUPTED,
    /** An exception was thrown. */
    FAILED
  }

  @Override
  public String toString() {
    return kind.toString().toLowerCase(Locale.ROOT) + ": " + text;
  }
}
