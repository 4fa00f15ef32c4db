package org.nn4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

@Name("org.nn4j.Prediction")
@Label("Prediction")
@Category("nn4j")
@Description("Forward pass of a prediction")
@Threshold("1 ms")
@StackTrace(false)
final class PredictionEvent extends Event implements FlightRecorder.RunningPrediction {
  static final PredictionEvent PROBE = new PredictionEvent();

  @Label("Samples")
  long samples;

  @Override
  public void end(long number) {
    samples = number;
    commit();
  }
}
