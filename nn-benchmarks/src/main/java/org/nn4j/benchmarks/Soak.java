package org.nn4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Trains the network of a workload for 20 epochs of 50,000 random images, which is 100,000 steps of
 * {@link Workload#W1}. After each epoch it prints the resident memory of the process, and the bytes
 * of the Java heap and the ND4J buffers allocated per step. The last line reports whether memory
 * stayed flat.
 *
 * <p>Heap bytes are those of the training thread, including this program's listener. Run it with a
 * heap of fixed size that is touched at the start; otherwise its growth looks like a leak.
 */
public final class Soak {
  private static final int IMAGES = 50_000;
  private static final int EPOCHS = 20;

  /** Epochs after which the JIT compiler has finished and all caches are full. */
  private static final int WARM_UP = 4;

  private static final double RESIDENT_MB_FLAT = 8;
  private static final double HEAP_BYTES_FLAT = 1024;
  private static final double BUFFERS_FLAT = 0.01;

  private Soak() {}

  /**
   * Measurements at the end of an epoch.
   *
   * @param step the number of steps taken
   * @param residentMb the memory of the process
   * @param heapBytes per step, since the previous epoch
   * @param buffers of ND4J, per step, since the previous epoch
   */
  private record Reading(long step, double residentMb, double heapBytes, double buffers) {
    void print() {
      System.out.printf(
          Locale.ROOT, "%,9d %14.1f %18.1f %20.4f%n", step, residentMb, heapBytes, buffers);
    }
  }

  private static final class Gauge implements TrainingListener {
    final List<Reading> readings = new ArrayList<>();
    private final int steps;
    private long heapBefore = heapBytes();
    private long buffersBefore = buffersMade();

    Gauge(int steps) {
      this.steps = steps;
    }

    @Override
    public void onEpochEnd(EpochResult end, Training training) {
      Reading reading =
          new Reading(
              (long) end.epoch() * steps,
              ResidentMemory.now(),
              (double) (heapBytes() - heapBefore) / steps,
              (double) (buffersMade() - buffersBefore - 1) / steps);
      readings.add(reading);
      reading.print();
      heapBefore = heapBytes();
      buffersBefore = buffersMade();
    }

    private static long heapBytes() {
      return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** Returns ND4J's number of the next buffer or context; each call uses a number too. */
    private static long buffersMade() {
      return Nd4j.getDeallocatorService().nextValue();
    }
  }

  /**
   * Trains and prints.
   *
   * @param args the workload, {@code W1} to {@code W3}; by default {@code W1}
   * @throws IllegalArgumentException if there is no such workload
   */
  public static void main(String[] args) {
    System.out.printf(
        Locale.ROOT,
        "%9s %14s %18s %20s%n",
        "step",
        "resident MB",
        "heap bytes/step",
        "ND4J buffers/step");
    Workload workload = args.length == 0 ? Workload.W1 : Workload.valueOf(args[0]);
    int steps = IMAGES / workload.batchSize();
    Gauge gauge = new Gauge(steps);
    workload
        .training(workload.network(1))
        .epochs(EPOCHS)
        .listener(gauge)
        .build()
        .fit(MadeDigits.dataset(steps * workload.batchSize()));
    System.out.println(verdict(gauge.readings));
  }

  private static String verdict(List<Reading> readings) {
    List<Reading> settled = readings.subList(WARM_UP, readings.size());
    Reading first = settled.get(0);
    Reading last = settled.get(settled.size() - 1);
    double growth = last.residentMb() - first.residentMb();
    double heap = settled.stream().mapToDouble(Reading::heapBytes).max().orElseThrow();
    double buffers = settled.stream().mapToDouble(Reading::buffers).max().orElseThrow();
    boolean flat = growth <= RESIDENT_MB_FLAT && heap < HEAP_BYTES_FLAT && buffers < BUFFERS_FLAT;
    return String.format(
        Locale.ROOT,
        "%s: resident memory %+.1f MB from step %,d to %,d; at most %.1f heap bytes and"
            + " %.4f ND4J buffers a step",
        flat ? "flat" : "NOT flat",
        growth,
        first.step(),
        last.step(),
        heap,
        buffers);
  }
}
