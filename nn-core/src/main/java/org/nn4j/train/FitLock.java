package org.nn4j.train;

import java.util.function.Supplier;
import org.nn4j.Require;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.TrainingScope;
import org.nn4j.internal.thread.Gate;
import org.nn4j.model.Network;

/** Exclusive use of a trainer and its network during a fit. Thread-safe. */
final class FitLock {
  private final Network network;
  private final int batchSize;
  private final Gate gate;

  /** Creates a lock that frees memory when it is closed and no fit is running. */
  FitLock(Network network, int batchSize, Runnable free) {
    this.network = network;
    this.batchSize = batchSize;
    this.gate = new Gate(free);
  }

  /** Runs a fit while no other one runs. */
  <T> T during(Supplier<T> fit) {
    NetworkAccess.Scope claim = NetworkAccess.get().claimForTraining(network);
    try {
      return withoutClaim(fit);
    } finally {
      claim.end();
    }
  }

  /** Runs an evaluation while no fit runs; other threads may predict. */
  <T> T withoutClaim(Supplier<T> evaluation) {
    if (!gate.enter()) {
      throw refused();
    }
    try {
      return inScope(evaluation);
    } finally {
      gate.leave();
    }
  }

  @SuppressWarnings("try") // the resource is the scope
  private <T> T inScope(Supplier<T> work) {
    try (TrainingScope scope = TrainingScope.open(network.parameters(), batchSize)) {
      return work.get();
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
