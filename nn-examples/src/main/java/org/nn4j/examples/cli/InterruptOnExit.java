package org.nn4j.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shutdown hook that interrupts the thread that created it at Ctrl-C, and waits until that thread
 * has saved its work.
 */
public final class InterruptOnExit {
  /** Longer than any step or validation. */
  private static final long MAX_WAIT_SECONDS = 60;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook;

  public InterruptOnExit() {
    Thread worker = Thread.currentThread();
    hook = new Thread(() -> interruptAndWait(worker), "interrupt on exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interruptAndWait(Thread worker) {
    worker.interrupt();
    try {
      saved.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes the hook, or ends its wait. */
  public void release() {
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException theProcessEnds) {
      // The hook runs, and may now return.
    }
  }
}
