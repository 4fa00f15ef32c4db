package org.nn4j.internal.thread;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Worker pool that runs work in parts on all cores.
 *
 * <p>A part takes some microseconds, less than waking a thread. So workers poll for the next work
 * for a while before they sleep, and no thread waits for a sleeping worker: a thread that finishes
 * a part takes the next, and the caller runs the parts that no worker has taken. If one caller has
 * the workers, others run all their parts themselves; predictions on many threads use all cores
 * anyway.
 *
 * <p>The caller cuts work into parts by its size and {@link #SIZE} only, so the bits do not depend
 * on the threads. Workers are daemon threads that end after some idle seconds.
 */
@SuppressWarnings("ThreadPriorityCheck") // yields: no result depends on the scheduler
public final class WorkerPool {
  /** One thread for each core, at most 16: parts would be too small otherwise. */
  public static final int SIZE = Math.min(Runtime.getRuntime().availableProcessors(), 16);

  private static final WorkerPool POOL = new WorkerPool();

  /**
   * Time for which a worker polls for work before it sleeps. Waking one can take longer than a
   * part. It yields instead of calling {@link Thread#onSpinWait}: that leaves the core to other
   * threads, such as the JIT compiler, and virtual machines take a core away from a spinning
   * thread.
   */
  private static final long AWAKE_NANOS = 2_000_000;

  private static final long LONGEST_SLEEP_NANOS = 5_000_000_000L;

  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * Number of the work (32 bits), number of its parts (16) and the next free part (16), in one
   * long, so that a part and its work are taken atomically.
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

  /** Failures of parts; the caller receives that of the lowest part. */
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
      Rethrow.rethrow(thrown, PART_FAILED);
    }
  }

  /** One part of work. */
  @FunctionalInterface
  public interface Part {
    void run(int part);
  }

  /**
   * Runs all parts of work, in any order. Each part runs even if another fails, and the failure of
   * the lowest part is thrown, independent of the number of processors.
   *
   * @param parts the number of parts
   * @param work runs one part
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
    Rethrow.rethrow(first, PART_FAILED);
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
      // Also after an error: free parts are withdrawn, and no worker uses the caller's arrays
      // afterwards.
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
        return; // the other threads run its parts
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

  /** Runs a free part, unless another thread takes it first. */
  private void doNext() {
    long now = ticket.get();
    Part current = work; // that of the ticket if the ticket is still the same below
    if (!hasNext(now) || !ticket.compareAndSet(now, now + 1)) {
      return;
    }
    try {
      requireNonNull(current).run(next(now));
    } catch (Throwable thrown) { // rethrown on the caller's thread
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
          null); // so that a pool thread does not keep an unloaded application alive
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
     * Sleeps until it is woken; false if it was not for a long time. If the caller has run all
     * parts before the worker wakes up, the worker polls as after work: more is likely to come.
     */
    private boolean sleep() {
      boolean ends = false;
      sleeps = true;
      if (!hasNext()) { // otherwise work was published before the caller could see that this worker
        // sleeps
        long start = System.nanoTime();
        LockSupport.parkNanos(WorkerPool.this, LONGEST_SLEEP_NANOS);
        // An interrupted thread would never sleep again.
        ends = Thread.interrupted() || System.nanoTime() - start >= LONGEST_SLEEP_NANOS;
      }
      sleeps = false;
      return !ends;
    }
  }
}
