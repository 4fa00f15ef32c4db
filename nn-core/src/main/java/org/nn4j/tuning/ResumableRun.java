package org.nn4j.tuning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.EpochResult;
import org.nn4j.train.History;
import org.nn4j.train.StopReason;
import org.nn4j.train.Trainer;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Training of one candidate, which a store resumes at the beginning of an epoch.
 *
 * @param store the place of its checkpoints
 * @param name its name there
 * @param until the epoch after which it pauses; 0 to run to its end
 */
record ResumableRun(RunStore store, String name, int until) {
  /** Factory of the candidate of a run. */
  @FunctionalInterface
  interface Maker {
    Candidate make() throws IOException;
  }

  /** Returns the result in the store, or runs and stores it. */
  @SuppressWarnings("try") // the network is closed with its trainer
  RunResult run(Maker maker) throws IOException, InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    Optional<Checkpoint> done = store.read(resultName());
    if (done.isPresent()) {
      return RunNotes.result(done.get());
    }
    Candidate candidate = maker.make();
    EpochKeeper keeper = new EpochKeeper(this);
    try (Trainer trainer =
            candidate.trainer().validation(candidate.validation()).listener(keeper).build();
        Network network = trainer.network()) {
      Optional<Checkpoint> state = store.read(name).filter(this::isNotPast);
      if (state.isPresent()) {
        trainer.resume(state.get());
        keeper.epochs.addAll(RunNotes.epochs(state.get()));
      }
      History history = new History(keeper.epochs, fit(trainer, candidate));
      RunResult result = new RunResult(trainer.evaluate(candidate.validation()), history);
      store.save(resultName(), RunNotes.withResult(trainer.checkpoint(), result));
      return result;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns the network of the stored result, for the caller to close. */
  Network network(Maker maker) throws IOException {
    Checkpoint result = store.read(resultName()).orElseThrow();
    Candidate candidate = maker.make();
    try (Trainer trainer = candidate.trainer().validation(candidate.validation()).build()) {
      return trainer.resume(result).network();
    }
  }

  private String resultName() {
    return name + (until == 0 ? "-result" : "-epoch-" + until);
  }

  private boolean isNotPast(Checkpoint state) {
    return until == 0 || state.progress().epoch() <= until + 1;
  }

  private static StopReason fit(Trainer trainer, Candidate candidate) throws InterruptedException {
    StopReason reason = trainer.fit(candidate.training()).stopReason();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return reason;
  }

  /** Keeps the figures of each epoch with its checkpoint. */
  private static final class EpochKeeper implements TrainingListener {
    private final ResumableRun run;
    private final List<EpochResult> epochs = new ArrayList<>();

    EpochKeeper(ResumableRun run) {
      this.run = run;
    }

    @Override
    public void onEpochEnd(EpochResult event, Training training) {
      epochs.add(event);
      boolean isPause = event.epoch() == run.until;
      if (isPause || run.store.isOnDisk()) {
        try {
          run.store.save(run.name, RunNotes.withEpochs(training.checkpoint(), epochs));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      if (isPause) {
        training.stop("epoch " + run.until);
      }
    }
  }
}
