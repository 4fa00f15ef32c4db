package org.nn4j.internal;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Access to the internal part of a public object, for other packages of the library.
 *
 * <p>The class of the object opens the access in its static initializer, as with the JDK's {@code
 * SharedSecrets}, so it is open whenever an object exists. No public method is needed. Thread-safe.
 *
 * @param <P> the public type
 * @param <I> the type of its internal part
 */
public final class Access<P, I> {
  private @Nullable Function<P, I> getter;

  Access() {}

  /**
   * Opens the access.
   *
   * @param getter returns the internal part of an object
   */
  public void open(Function<P, I> getter) {
    this.getter = getter;
  }

  /** Returns the getter, for each caller's own code, where the JIT compiler inlines it. */
  Function<P, I> getter() {
    return requireNonNull(getter);
  }
}
