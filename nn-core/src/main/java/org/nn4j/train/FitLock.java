package org.nn4j.train;

import java.util.function.Supplier;
import org.nn4j.Parameter;
import org.nn4j.Require;
import org.nn4j.internal.kernel.BlasThreads;
import org.nn4j.internal.kernel.Gate;
import org.nn4j.model.Network;
import org.nn4j.model.TrainingClaim;

/** Exclusive use of a trainer and its network during a fit. Thread-safe. */
final class FitLock {
  private final Network network;
  private final long largestProduct;
  private final Gate gate;

  /** A lock that frees memory once it is closed and no fit is running. */
  FitLock(Network network, int batchSize, Runnable free) {
    this.network = network;
    this.largestProduct = batchSize * largestWeight(network);
    this.gate = new Gate(free);
  }

  private static long largestWeight(Network network) {
    return network.parameters().stream()
        .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
        .mapToLong(parameter -> parameter.value().length())
        .max()
        .orElse(0);
  }

  /** Runs a fit while no other one runs. */
  History during(Supplier<History> fit) {
    TrainingClaim claim = network.claimForTraining();
    try {
      if (!gate.enter()) {
        throw refused();
      }
      try {
        return withThreads(fit);
      } finally {
        gate.leave();
      }
    } finally {
      claim.close();
    }
  }

  private History withThreads(Supplier<History> fit) {
    BlasThreads.Scope threads = BlasThreads.forProducts(network.dataType(), largestProduct);
    try {
      return fit.get();
    } finally {
      threads.close();
    }
  }

  void requireOpen() {
    if (gate.isClosed()) {
      throw refused();
    }
  }

  private IllegalStateException refused() {
    return new IllegalStateException(
        Require.message(
            "Trainer",
            "an open trainer, used by one call at a time",
            gate.found(),
            "build a trainer for each run, and close it after its last fit"));
  }

  void close() {
    gate.close();
  }
}
