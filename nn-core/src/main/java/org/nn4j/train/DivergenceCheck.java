package org.nn4j.train;

import org.nn4j.DivergedException;
import org.nn4j.Optimizer;
import org.nn4j.data.Batch;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.model.Network;

/** Ends training where numbers are not finite, and says where they first were not. */
record DivergenceCheck(Network network, Optimizer optimizer, Position position) {
  /** Checks the loss of a batch before the step that it would lead to. */
  void loss(double loss, Batch batch) {
    if (!Double.isFinite(loss)) {
      String where =
          FirstNotFinite.inForward(network, batch.inputs())
              .or(() -> FirstNotFinite.inTargets(batch))
              .orElse("the loss itself");
      throw diverged(position.steps() + 1, loss, where);
    }
  }

  /** Checks the parameters after the last step. */
  void parameters() {
    if (!Double.isFinite(Kernel.sum(network.parameters().values()))) {
      FirstNotFinite.inParameters(network)
          .ifPresent(
              where -> {
                throw diverged(position.steps(), position.lastLoss(), where);
              });
    }
  }

  private DivergedException diverged(long step, double loss, String where) {
    return new DivergedException(position.epoch(), step, loss, optimizer.learningRate(), where);
  }
}
