package org.nn4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("org.nn4j.Epoch")
@Label("Epoch")
@Category("nn4j")
@Description("Epoch of a training run, with its validation")
@StackTrace(false)
final class EpochEvent extends Event {
  static final EpochEvent PROBE = new EpochEvent();

  @Label("Epoch")
  int epoch;

  @Label("Steps")
  long steps;

  @Label("Loss")
  double loss;

  @Label("Samples per Second")
  double samplesPerSecond;
}
