package org.nn4j.train;

import java.util.List;
import org.nn4j.Optimizer;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Checkpoint;
import org.nn4j.model.ModelRegistry;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.model.Progress;

/** All that a run goes on with, to a checkpoint and back. */
record RunState(
    Network network,
    Objective objective,
    Optimizer optimizer,
    ModelRegistry registry,
    RunSettings settings,
    List<TrainingListener> listeners) {
  Checkpoint checkpoint(Progress progress, String data) {
    Checkpoint state =
        Checkpoint.of(network, optimizer, objective.network().trainingPass(), progress, registry);
    return ListenerStates.write(listeners, settings.write(state, data));
  }

  void restore(Checkpoint checkpoint) throws ModelFormatException {
    settings.require(checkpoint);
    checkpoint.restore(network, optimizer, objective.network().trainingPass(), registry);
    ListenerStates.restore(listeners, checkpoint);
  }
}
