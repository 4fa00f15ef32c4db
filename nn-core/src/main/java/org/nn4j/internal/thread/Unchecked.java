package org.nn4j.internal.thread;

import org.jspecify.annotations.Nullable;

/** Failures that one thread hands to another. */
public final class Unchecked {
  private Unchecked() {}

  /**
   * Throws a failure, if there is one: unchecked as it is, checked as the cause of an {@code
   * IllegalStateException}.
   *
   * @param failure what another thread caught, or null
   * @param what the message for a checked exception
   */
  public static void rethrow(@Nullable Throwable failure, String what) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException(what, failure);
    }
  }
}
