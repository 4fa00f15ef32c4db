package org.nn4j.internal.thread;

import org.jspecify.annotations.Nullable;

/** Failures that are rethrown on another thread. */
public final class Rethrow {
  private Rethrow() {}

  /**
   * Throws a failure, if there is one: an unchecked one unchanged, a checked one as the cause of an
   * {@code IllegalStateException}.
   *
   * @param failure the failure of another thread, or null
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
