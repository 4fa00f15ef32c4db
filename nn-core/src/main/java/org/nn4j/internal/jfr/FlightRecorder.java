package org.nn4j.internal.jfr;

/**
 * Events of predictions and of model loads. While they are not recorded, a call creates no object.
 * Thread-safe.
 */
public final class FlightRecorder {
  /** A modular application may run without it. */
  private static final boolean IS_AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private static final RunningPrediction NO_PREDICTION = samples -> {};
  private static final ModelLoad NO_LOAD = (source, parameters) -> {};

  private FlightRecorder() {}

  /**
   * Returns whether a recording was ever started. Before that, the classes of events must not be
   * used: the first one would start the recorder, which takes 60 ms.
   */
  static boolean isStarted() {
    return IS_AVAILABLE && jdk.jfr.FlightRecorder.isInitialized();
  }

  /** Running prediction. */
  @FunctionalInterface
  public interface RunningPrediction {
    /** Ends it. */
    void end(long samples);
  }

  /** Running load. */
  @FunctionalInterface
  public interface ModelLoad {
    /** Ends it. */
    void end(String source, long parameters);
  }

  /** Begins a prediction. */
  public static RunningPrediction prediction() {
    if (!isStarted() || !PredictionEvent.PROBE.isEnabled()) {
      return NO_PREDICTION;
    }
    PredictionEvent event = new PredictionEvent();
    event.begin();
    return event;
  }

  /** Begins a load. */
  public static ModelLoad modelLoad() {
    if (!isStarted() || !ModelLoadEvent.PROBE.isEnabled()) {
      return NO_LOAD;
    }
    ModelLoadEvent event = new ModelLoadEvent();
    event.begin();
    return event;
  }
}
