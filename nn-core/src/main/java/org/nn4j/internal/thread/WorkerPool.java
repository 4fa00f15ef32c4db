package org.nn4j.internal.thread;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does work in parts on all cores.
 *
 * <p>A part takes some microseconds, less than waking a thread. So helpers look for the next work
 * for a while before they sleep, and nobody waits for one that sleeps: whoever has finished a part
 * takes the next, and the caller does alone what no helper has taken. If one caller has the
 * helpers, others do all their parts themselves: answers for many threads scale with the cores
 * anyway.
 *
 * <p>How work is cut is the caller's business and depends on its size and {@link #SIZE} alone, so
 * the bits do not depend on who did which part. Helpers are daemon threads that end when nothing
 * was done for some seconds.
 */
@SuppressWarnings(
    "ThreadPriorityCheck") // yields: nothing depends on what the scheduler makes of it
public final class WorkerPool {
  /**
   * One thread for each core; with more than 16, parts of the sizes met here would be too small.
   */
  public static final int SIZE = Math.min(Runtime.getRuntime().availableProcessors(), 16);

  private static final WorkerPool POOL = new WorkerPool();

  /**
   * How long a helper looks for work before it sleeps. Waking one can take longer than a part, and
   * then it comes too late every time. It looks and yields rather than to spin with {@link
   * Thread#onSpinWait}: that leaves the core to others, such as the JIT compiler, and virtual
   * machines take a core away from who spins like that.
   */
  private static final long AWAKE_NANOS = 2_000_000;

  private static final long LONGEST_SLEEP_NANOS = 5_000_000_000L;

  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * The number of the work (32 bits), how many parts it has (16) and the next that nobody has taken
   * (16): in one number, so that whoever takes a part knows that it is one of this work.
   */
  private final AtomicLong ticket = new AtomicLong();

  private static final int NUMBER_SHIFT = 32;
  private static final int PARTS_SHIFT = 16;
  private static final int MASK = 0xffff;

  private final AtomicInteger done = new AtomicInteger();
  private final @Nullable Helper[] helpers = new Helper[SIZE];
  private @Nullable Part work;
  private final Failures failures = new Failures();

  private static final String PART_FAILED = "a part of some work failed";

  private WorkerPool() {}

  /** Failures of parts: the caller gets that of the first part, whichever thread was faster. */
  private static final class Failures {
    private int part;
    private @Nullable Throwable failure;

    synchronized void clear() {
      failure = null;
    }

    synchronized void add(int failedPart, Throwable thrown) {
      if (failure == null || failedPart < part) {
        part = failedPart;
        failure = thrown;
      }
    }

    synchronized void rethrow() {
      Throwable thrown = failure;
      failure = null;
      Unchecked.rethrow(thrown, PART_FAILED);
    }
  }

  /** One part of some work. */
  @FunctionalInterface
  public interface Part {
    void run(int part);
  }

  /**
   * Does all parts of some work, in any order. Each part is done even if another fails, and the
   * failure of the lowest part is thrown: neither depends on the number of processors.
   *
   * @param parts how many
   * @param work does one of them
   * @throws IllegalStateException with the cause if a part throws a checked exception
   */
  public static void run(int parts, Part work) {
    if (parts > 1 && SIZE > 1 && POOL.taken.compareAndSet(false, true)) {
      try {
        POOL.share(parts, work);
      } finally {
        POOL.taken.set(false);
      }
    } else {
      runAll(parts, work);
    }
  }

  private static void runAll(int parts, Part work) {
    Throwable first = null;
    for (int i = 0; i < parts; i++) {
      try {
        work.run(i);
      } catch (Throwable thrown) {
        first = first == null ? thrown : first;
      }
    }
    Unchecked.rethrow(first, PART_FAILED);
  }

  private void share(int parts, Part newWork) {
    work = newWork;
    failures.clear();
    done.set(0);
    long number = ((ticket.get() >>> NUMBER_SHIFT) + 1) << NUMBER_SHIFT;
    ticket.set(number | (long) parts << PARTS_SHIFT);
    try {
      for (int i = 1; i < Math.min(parts, SIZE); i++) {
        wake(i);
      }
      while (hasNext()) {
        doNext();
      }
    } finally {
      // Also after an error on the way: what nobody has taken is withdrawn, and nobody is at work
      // on
      // the caller's arrays any more when it lets go of them.
      int taken = next(ticket.getAndSet(number));
      while (done.get() < taken) {
        Thread.yield();
      }
      work = null;
    }
    failures.rethrow();
  }

  private void wake(int index) {
    Helper helper = helpers[index];
    if (helper == null || !helper.isAlive()) {
      Helper made = new Helper();
      try {
        made.start();
      } catch (OutOfMemoryError noMoreThreads) {
        return; // the others do its parts
      }
      helpers[index] = made;
    } else if (helper.sleeps) {
      LockSupport.unpark(helper);
    }
  }

  private static int next(long ticket) {
    return (int) ticket & MASK;
  }

  private static boolean hasNext(long ticket) {
    return next(ticket) < ((int) (ticket >>> PARTS_SHIFT) & MASK);
  }

  private boolean hasNext() {
    return hasNext(ticket.get());
  }

  /** Takes a part that nobody has taken, unless another thread is faster, and does it. */
  private void doNext() {
    long now = ticket.get();
    Part current = work; // that of the ticket if the ticket is still the same below
    if (!hasNext(now) || !ticket.compareAndSet(now, now + 1)) {
      return;
    }
    try {
      requireNonNull(current).run(next(now));
    } catch (Throwable thrown) { // handed to the caller
      failures.add(next(now), thrown);
    } finally {
      done.incrementAndGet();
    }
  }

  private final class Helper extends Thread {
    private volatile boolean sleeps;

    Helper() {
      super("nn4j-helper");
      setDaemon(true);
      setContextClassLoader(
          null); // an application that is unloaded is not held by a thread of ours
    }

    @Override
    public void run() {
      do {
        lookForWork();
      } while (sleep());
    }

    private void lookForWork() {
      long last = System.nanoTime();
      while (System.nanoTime() - last < AWAKE_NANOS) {
        if (hasNext()) {
          doNext();
          last = System.nanoTime();
        }
        Thread.yield();
      }
    }

    /**
     * Sleeps until it is woken; false if it was not for a long time. Woken too late, when the
     * caller has done all itself, it looks for work as after work: more is likely to come.
     */
    private boolean sleep() {
      boolean ends = false;
      sleeps = true;
      if (!hasNext()) { // else that was published before the caller could see that this one sleeps
        long start = System.nanoTime();
        LockSupport.parkNanos(WorkerPool.this, LONGEST_SLEEP_NANOS);
        // A thread that was interrupted would never sleep again.
        ends = Thread.interrupted() || System.nanoTime() - start >= LONGEST_SLEEP_NANOS;
      }
      sleeps = false;
      return !ends;
    }
  }
}
