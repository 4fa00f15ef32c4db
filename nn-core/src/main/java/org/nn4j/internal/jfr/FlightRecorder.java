package org.nn4j.internal.jfr;

/**
 * Events of predictions and of model loads. While they are not recorded, a call creates no object.
 * Thread-safe.
 */
public final class FlightRecorder {
  /** A modular application may run without it. */
  static final boolean IS_AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private static final Prediction NO_PREDICTION = samples -> {};
  private static final ModelLoad NO_LOAD = (source, parameters) -> {};

  private FlightRecorder() {}

  /** Running prediction. */
  @FunctionalInterface
  public interface Prediction {
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
  public static Prediction prediction() {
    if (!IS_AVAILABLE || !PredictionEvent.PROBE.isEnabled()) {
      return NO_PREDICTION;
    }
    PredictionEvent event = new PredictionEvent();
    event.begin();
    return event;
  }

  /** Begins a load. */
  public static ModelLoad modelLoad() {
    if (!IS_AVAILABLE || !ModelLoadEvent.PROBE.isEnabled()) {
      return NO_LOAD;
    }
    ModelLoadEvent event = new ModelLoadEvent();
    event.begin();
    return event;
  }
}
