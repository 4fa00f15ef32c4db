package org.nn4j.internal;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Access to the internal part of a public object, for other packages of the library.
 *
 * <p>A public method would show that part to every user, and packages of Java have no friends. So
 * the class of the object opens the access in its static initializer, as the JDK does with its
 * {@code SharedSecrets}. Whoever has an object has initialized its class, so the access is open.
 * Thread-safe.
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

  /** The getter, which each user calls in code of its own: the JIT compiler inlines it there. */
  Function<P, I> getter() {
    return requireNonNull(getter);
  }
}
