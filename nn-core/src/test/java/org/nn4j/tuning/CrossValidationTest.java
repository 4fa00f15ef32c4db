package org.nn4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.metric.Metrics.logLoss;
import static org.nn4j.optim.Optimizers.adam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.csv.CsvSplit;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.data.toy.ToySets;
import org.nn4j.io.Settings;
import org.nn4j.metric.Metric;
import org.nn4j.metric.NamedMetric;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.EarlyStopping;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

class CrossValidationTest {
  private static final Dataset DATA = ToySets.moons(30, 0.2, 1).shuffle(2);
  private static final int EPOCHS = 6;

  private static Network network(Fold fold, DataType type) {
    return Network.builder(2)
        .dense(6, tanh())
        .dropout(0.1)
        .dense(2, softmax())
        .dataType(type)
        .seed(fold.seed())
        .build();
  }

  private static TrainerBuilder trainer(Fold fold, DataType type) {
    return Trainer.builder(network(fold, type))
        .loss(crossEntropy())
        .optimizer(adam(0.02))
        .batchSize(8)
        .epochs(EPOCHS)
        .seed(fold.seed())
        .metric(accuracy())
        .metric(logLoss())
        .trainingMetric(accuracy())
        .listener(EarlyStopping.after(2));
  }

  private static Candidate candidate(Fold fold, TrainerBuilder trainer) {
    InputScaling scaling = InputStatistics.of(fold.training()).standard();
    return new Candidate(
        trainer, fold.training().normalize(scaling), fold.validation().normalize(scaling));
  }

  private static Candidate candidate(Fold fold) {
    return candidate(fold, trainer(fold, DataType.FLOAT));
  }

  /** All figures but times. */
  private static List<?> figures(CrossValidationResult result) {
    return result.folds().stream()
        .map(
            fold ->
                List.of(
                    fold.evaluation().figures(),
                    fold.history().stopReason(),
                    fold.history().epochs().stream()
                        .map(CrossValidationTest::withoutTime)
                        .toList()))
        .toList();
  }

  private static Map<String, Number> withoutTime(EpochResult epoch) {
    Map<String, Number> figures = new java.util.LinkedHashMap<>(epoch.figures());
    figures.keySet().removeAll(Set.of("seconds", "samples_per_second"));
    return figures;
  }

  @Test
  void theResultDoesNotDependOnTheWorkers() throws Exception {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      CrossValidation one = CrossValidation.of(Folds.stratified(4)).seed(3);
      CrossValidation.Recipe recipe = fold -> candidate(fold, trainer(fold, type));
      List<?> expected = figures(one.run(DATA, recipe));
      for (int workers : new int[] {2, 3, 9}) {
        assertThat(figures(one.workers(workers).run(DATA, recipe))).isEqualTo(expected);
      }
    }
  }

  @Test
  void meanAndSpread() throws Exception {
    CrossValidationResult result = CrossValidation.of(Folds.of(3)).run(DATA, f -> candidate(f));
    double[] each =
        result.folds().stream().mapToDouble(f -> f.evaluation().value(accuracy())).toArray();
    double mean = (each[0] + each[1] + each[2]) / 3;
    assertThat(result.mean().value(accuracy())).isEqualTo(mean);
    double squares = 0;
    for (double value : each) {
      squares += (value - mean) * (value - mean);
    }
    assertThat(result.spread().value(accuracy())).isEqualTo(Math.sqrt(squares / 2));
    assertThat(result.mean().loss()).isPositive();
    assertThat(result.folds().get(0).history().epochs()).hasSizeBetween(1, EPOCHS);
    assertThat(result.toString())
        .matches(
            "(?s)fold 1: loss .*\nfold 3: [^\n]*\nloss 0\\.\\d{4} ± \\d\\.\\d{4}\naccuracy"
                + " 0\\.\\d{4} ± .*");
    assertThat(new CrossValidationResult(List.of()).mean().figures()).isEmpty();
  }

  /** Fails at the end of an epoch, before its checkpoint, as a kill would end the process. */
  private record Failing(int epoch) implements TrainingListener {
    @Override
    public void onEpochEnd(EpochResult event, Training training) {
      if (event.epoch() == epoch) {
        throw new IllegalStateException("power cut");
      }
    }
  }

  @Test
  void aRunThatBrokeOffContinues(@TempDir Path folder) throws Exception {
    CrossValidation plain = CrossValidation.of(Folds.stratified(3)).seed(1);
    List<?> expected = figures(plain.run(DATA, f -> candidate(f)));
    CrossValidation kept = plain.folder(folder.resolve("new/cv"));
    assertThatThrownBy(
            () ->
                kept.run(
                    DATA,
                    fold -> {
                      TrainerBuilder trainer = trainer(fold, DataType.FLOAT);
                      return candidate(
                          fold, fold.number() == 2 ? trainer.listener(new Failing(3)) : trainer);
                    }))
        .hasMessage("power cut");
    AtomicInteger made = new AtomicInteger();
    Set<Integer> epochs = ConcurrentHashMap.newKeySet();
    CrossValidationResult result =
        kept.workers(2)
            .run(
                DATA,
                fold -> {
                  made.incrementAndGet();
                  TrainerBuilder trainer = trainer(fold, DataType.FLOAT);
                  if (fold.number() == 2) {
                    trainer.listener(new Seen(epochs));
                  }
                  return candidate(fold, trainer);
                });
    assertThat(figures(result)).isEqualTo(expected);
    assertThat(made).as("fold 1 is complete").hasValue(2);
    assertThat(epochs)
        .as("the second fold continues at its third epoch")
        .doesNotContain(1, 2)
        .contains(3);
    assertThat(figures(kept.run(DATA, f -> fail()))).isEqualTo(expected);
    try (Network saved = ModelFiles.load(folder.resolve("new/cv/fold-1-result.safetensors"))) {
      assertThat(saved.inputShape().size()).isEqualTo(2);
    }
  }

  private static Candidate fail() {
    throw new AssertionError("all folds are complete");
  }

  private record Seen(Set<Integer> epochs) implements TrainingListener {
    @Override
    public void onEpochBegin(EpochBegin event, Training training) {
      epochs.add(event.epoch());
    }
  }

  /**
   * Interrupts the caller once, within an epoch. If another thread trains, its fold goes on after
   * the caller has interrupted it: otherwise all folds could end before the caller runs again.
   */
  private record Interrupting(Thread caller, AtomicBoolean isDone) implements TrainingListener {
    @Override
    public void onBatchEnd(BatchEnd event, Training training) {
      if (event.step() == 8 && !isDone.getAndSet(true)) {
        caller.interrupt();
        if (Thread.currentThread() != caller) {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      }
    }
  }

  @Test
  void anInterruptEndsTheFoldsAndTheNextRunContinues(@TempDir Path folder) throws Exception {
    CrossValidation plain = CrossValidation.of(Folds.of(3)).seed(1);
    List<?> expected = figures(plain.run(DATA, f -> candidate(f)));
    for (int workers : new int[] {1, 2}) {
      CrossValidation kept = plain.workers(workers).folder(folder.resolve("cv" + workers));
      Interrupting interrupting = new Interrupting(Thread.currentThread(), new AtomicBoolean());
      assertThatThrownBy(
              () ->
                  kept.run(
                      DATA,
                      fold ->
                          candidate(fold, trainer(fold, DataType.FLOAT).listener(interrupting))))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(figures(kept.run(DATA, f -> candidate(f)))).isEqualTo(expected);
    }
  }

  @Test
  void theLockFileOfAnotherProgramIsNotChanged(@TempDir Path home) throws Exception {
    Path folder = home.resolve("cv");
    CrossValidation kept = CrossValidation.of(Folds.of(3)).seed(1).folder(folder);
    Path notes = Files.writeString(home.resolve("notes"), "precious");
    Files.createDirectory(folder);
    Path lock = Files.createSymbolicLink(folder.resolve(".lock"), notes);
    assertThatThrownBy(() -> kept.run(DATA, f -> fail()))
        .hasMessage(
            lock
                + ": expected a file to lock, found a symbolic link; use another folder, or move it"
                + " away");
    assertThat(notes).hasContent("precious");
    Files.delete(lock);
    Files.writeString(lock, "precious");
    kept.run(DATA, f -> candidate(f));
    assertThat(lock).hasContent("precious");
  }

  @Test
  void foldersAreCheckedBeforeTheFirstFold(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    CrossValidation plain = CrossValidation.of(Folds.of(3)).seed(1);
    assertThatThrownBy(() -> plain.folder(file).run(DATA, f -> fail()))
        .hasMessageContaining("expected a folder, found a file; name another folder");
    assertThatThrownBy(() -> plain.folder(file.resolve("x")).run(DATA, f -> fail()))
        .isInstanceOf(java.nio.file.FileSystemException.class);
    CrossValidation kept = plain.folder(folder.resolve("cv"));
    kept.run(DATA, f -> candidate(f));
    assertThatThrownBy(() -> kept.seed(2).run(DATA, f -> fail()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the results of the same settings, found")
        .hasMessageContaining("seed")
        .hasMessageEndingWith("use the settings of the folder, or name another folder");
    Files.writeString(folder.resolve("cv/settings.json"), "no json");
    assertThatThrownBy(() -> kept.run(DATA, f -> fail()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                plain
                    .folder(folder.resolve("twice"))
                    .run(
                        DATA,
                        fold -> {
                          assertThatThrownBy(
                                  () ->
                                      plain
                                          .folder(folder.resolve("twice"))
                                          .run(DATA, f -> candidate(f)))
                              .hasMessageContaining("a folder that nothing else writes to");
                          throw new IllegalStateException("checked");
                        }))
        .hasMessage("checked");
  }

  @Test
  void ofSeveralFailuresThatOfTheFirstFoldIsThrown() {
    for (int workers : new int[] {1, 2, 4}) {
      assertThatThrownBy(
              () ->
                  CrossValidation.of(Folds.of(4))
                      .workers(workers)
                      .run(
                          DATA,
                          fold -> {
                            if (fold.number() > 1) {
                              throw new IllegalStateException("fold " + fold.number());
                            }
                            return candidate(fold);
                          }))
          .hasMessage("fold 2");
    }
  }

  @Test
  void aRecipeThatReusesItsNetworkIsRefused() {
    String expected = "CrossValidation: expected a recipe that builds a new network for each fold,";
    String remedy = "; call Network.builder(...) inside the recipe";
    for (int workers : new int[] {1, 2}) {
      Network network = Network.builder(2).dense(2, softmax()).seed(1).build();
      CrossValidation folds = CrossValidation.of(Folds.stratified(3)).workers(workers);
      CrossValidation.Recipe recipe =
          fold ->
              candidate(
                  fold, Trainer.builder(network).loss(crossEntropy()).optimizer(adam()).epochs(1));
      assertThatThrownBy(() -> folds.run(DATA, recipe))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(expected + " found the same one twice" + remedy);
      network.close();
      assertThatThrownBy(() -> folds.workers(1).run(DATA, recipe))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(expected + " found a closed one" + remedy);
    }
  }

  @Test
  void weightsGoWithTheirRows() throws Exception {
    double[] weights = IntStream.range(0, DATA.size()).mapToDouble(i -> 1 + i % 3).toArray();
    Dataset weighted = DATA.withWeights(weights);
    CrossValidation validation = CrossValidation.of(Folds.stratified(3)).seed(1);
    List<?> plain = figures(validation.run(DATA, f -> candidate(f)));
    List<?> first = figures(validation.run(weighted, f -> candidate(f)));
    assertThat(first).isNotEqualTo(plain);
    assertThat(figures(validation.workers(2).run(weighted, f -> candidate(f)))).isEqualTo(first);
  }

  @Test
  void encodingsAreLearnedOfTheTrainingRows(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("plans.csv");
    StringBuilder text = new StringBuilder("plan,paid,left\n");
    for (int i = 0; i < 12; i++) {
      text.append(i == 4 ? "rare" : i % 2 == 0 ? "basic" : "pro").append(',');
      text.append(i == 4 ? 1000 : i).append(i % 3 == 0 ? ",yes\n" : ",no\n");
    }
    Files.writeString(file, text);
    CsvFormat format = CsvFormat.withHeader().categorical("plan").label("left").standardized();
    Dataset whole = format.columnsOf(file).read(file);
    Fold held =
        Folds.of(4).split(whole, 1).stream()
            .filter(f -> IntStream.of(f.validationRows()).anyMatch(row -> row == 4))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> format.split(file, held.trainingRows(), held.validationRows()))
        .hasMessageContaining("rare");
    CsvSplit split =
        format
            .unknownCategories(UnknownCategory.ZEROS)
            .split(file, held.trainingRows(), held.validationRows());
    assertThat(whole.inputShape().size()).isEqualTo(4);
    assertThat(split.data().training().inputShape().size())
        .as("without the category that only the validation rows have")
        .isEqualTo(3);
    assertThat(split.data().validation().size()).isEqualTo(3);
    assertThat(InputStatistics.of(split.data().training()).standard().mean())
        .allMatch(mean -> Math.abs(mean) < 1);
  }

  /** The length of all notes of a checkpoint is limited to five million characters. */
  @Test
  void theLengthOfNotesDoesNotLimitTheEpochs(@TempDir Path folder) throws Exception {
    Metric metric = new NamedMetric("m".repeat(40_000));
    CrossValidationResult result =
        CrossValidation.of(Folds.of(2))
            .folder(folder.resolve("cv"))
            .run(
                DATA,
                fold ->
                    new Candidate(
                        Trainer.builder(network(fold, DataType.FLOAT))
                            .loss(crossEntropy())
                            .optimizer(adam(0.02))
                            .epochs(150)
                            .metric(metric),
                        fold.training(),
                        fold.validation()));
    assertThat(result.folds().get(1).history().epochs()).hasSize(150);
  }

  @Test
  void resultsOfAnEarlierVersionHaveTheirEpochsInNotes(@TempDir Path folder) throws Exception {
    CrossValidation kept = CrossValidation.of(Folds.of(2)).folder(folder.resolve("cv"));
    CrossValidationResult result = kept.run(DATA, f -> candidate(f));
    for (int i = 0; i < 2; i++) {
      Path file = folder.resolve("cv/fold-" + (i + 1) + "-result.safetensors");
      Checkpoint checkpoint = Checkpoint.load(file);
      List<Settings> epochs =
          result.folds().get(i).history().epochs().stream()
              .map(
                  epoch -> {
                    Map<String, String> texts = new LinkedHashMap<>();
                    epoch.figures().forEach((name, figure) -> texts.put(name, figure.toString()));
                    return Settings.ofTexts(texts);
                  })
              .toList();
      Checkpoint.of(Network.builder(2).dense(2).build(), adam(0.02), checkpoint.progress())
          .withNote("tuning.result", checkpoint.notes().getOrDefault("tuning.result", ""))
          .withNote("tuning.epochs", Settings.none().with("tuning.epochs", epochs).toString())
          .save(file);
    }
    assertThat(figures(kept.run(DATA, f -> fail()))).isEqualTo(figures(result));
  }
}
