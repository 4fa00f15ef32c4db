package org.nn4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("org.nn4j.Step")
@Label("Step")
@Category("nn4j")
@Description("Step of a training run; one in each 10 ms at most")
@StackTrace(false)
final class StepEvent extends Event {
  static final StepEvent PROBE = new StepEvent();

  @Label("Epoch")
  int epoch;

  @Label("Step")
  long step;

  @Label("Loss")
  double loss;

  @Label("Samples")
  int samples;
}
