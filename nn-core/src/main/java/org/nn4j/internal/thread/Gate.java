package org.nn4j.internal.thread;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Gate that admits one thread at a time to an object with native memory. The memory is freed when
 * the object is closed and no thread is inside.
 *
 * <p>Entering and leaving are one atomic operation each and allocate nothing. Thread-safe.
 */
public final class Gate {
  private static final int IDLE = 0;
  private static final int USED = 1;
  private static final int CLOSING = 2;
  private static final int CLOSED = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Gate.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Runnable free;
  private volatile int state;

  /** Written only by the thread inside. Other threads read it for messages, or to compare. */
  private @Nullable Thread holder;

  private int depth;

  /**
   * Creates an open gate with no thread inside.
   *
   * @param free frees the memory; called once, with no thread inside
   */
  public Gate(Runnable free) {
    this.free = free;
  }

  /**
   * Enters, unless a thread is inside or the gate is closed.
   *
   * @return whether this thread is inside; it must then {@link #leave}
   */
  public boolean enter() {
    if (!STATE.compareAndSet(this, IDLE, USED)) {
      return false;
    }
    holder = Thread.currentThread();
    depth = 1;
    return true;
  }

  /**
   * Enters as {@link #enter}, and also if this thread is inside already.
   *
   * @return whether this thread is inside; it must then {@link #leave} as often as it entered
   */
  public boolean enterAgain() {
    if (isInside()) {
      depth++;
      return true;
    }
    return enter();
  }

  /** Leaves. The last thread to leave a closed gate frees the memory. */
  public void leave() {
    depth--;
    if (depth > 0) {
      return;
    }
    holder = null;
    if (!STATE.compareAndSet(this, USED, IDLE)) {
      release();
    }
  }

  /** Closes the gate: no thread enters afterwards. */
  public void close() {
    if (STATE.compareAndSet(this, IDLE, CLOSING)) {
      release();
    } else if (!STATE.compareAndSet(this, USED, CLOSING) && !isClosed()) {
      close(); // a thread entered or left in between
    }
  }

  private void release() {
    try {
      free.run();
    } finally {
      state = CLOSED;
    }
  }

  /**
   * Returns whether this thread is inside.
   *
   * @return false if no thread or another one is
   */
  public boolean isInside() {
    return Thread.currentThread().equals(holder);
  }

  /**
   * Returns whether another thread is inside.
   *
   * @return false if no thread or this one is
   */
  public boolean isOtherInside() {
    Thread thread = holder;
    return thread != null && !thread.equals(Thread.currentThread());
  }

  /**
   * Returns whether {@link #close} was called.
   *
   * @return also true while the last call is running
   */
  public boolean isClosed() {
    return state >= CLOSING;
  }

  /**
   * Describes why {@link #enter} returned false.
   *
   * @return the third part of a message
   */
  public String found() {
    if (isClosed()) {
      return "a closed one";
    }
    Thread thread = holder;
    if (isInside()) {
      return "a call from within another call on the same thread";
    }
    return "a call while "
        + (thread == null ? "another thread" : "thread '" + thread.getName() + "'")
        + " uses it";
  }
}
