package org.nn4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("org.nn4j.ModelLoad")
@Label("Model Load")
@Category("nn4j")
@Description("Load of a network from a model file")
@StackTrace(false)
final class ModelLoadEvent extends Event implements FlightRecorder.ModelLoad {
  static final ModelLoadEvent PROBE = new ModelLoadEvent();

  @Label("Source")
  String source = "";

  @Label("Parameters")
  long parameters;

  @Override
  public void end(String from, long number) {
    source = from;
    parameters = number;
    commit();
  }
}
