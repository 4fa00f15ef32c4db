package org.nn4j.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nn4j.ParameterVector;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalty;

/** Penalties and clipping, applied between the backward pass and the step. */
record Regularization(List<Penalty> penalties, @Nullable GradientClipping clipping) {
  /** Returns the sum of the penalties, a part of the loss. */
  double penalty(ParameterVector parameters) {
    double sum = 0;
    for (int i = 0; i < penalties.size(); i++) {
      sum += penalties.get(i).value(parameters);
    }
    return sum;
  }

  /** Adds the gradients of the penalties, then clips. */
  void apply(ParameterVector parameters) {
    for (int i = 0; i < penalties.size(); i++) {
      penalties.get(i).addGradient(parameters);
    }
    if (clipping != null) {
      clipping.clip(parameters);
    }
  }
}
