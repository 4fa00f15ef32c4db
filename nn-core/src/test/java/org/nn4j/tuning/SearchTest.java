package org.nn4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.momentum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.Activation;
import org.nn4j.data.Split;
import org.nn4j.data.toy.ToySets;
import org.nn4j.io.Settings;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.EarlyStopping;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Monitor;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

class SearchTest {
  private static final Hyperparameter<Double> RATE = Hyperparameter.logUniform("rate", 1e-3, 1e-1);
  private static final Hyperparameter<Integer> UNITS = Hyperparameter.integers("units", 2, 12);
  private static final Hyperparameter<String> RULE =
      Hyperparameter.choice("rule", "adam", "momentum");
  private static final Hyperparameter<Double> FRICTION =
      Hyperparameter.uniform("friction", 0.5, 0.95).when(RULE, "momentum");
  private static final Hyperparameter<Activation> ACTIVATION =
      Hyperparameter.choice("activation", relu(), tanh());
  private static final Split DATA = ToySets.moons(40, 0.2, 1).splitStratified(0.3, 2);

  static TrainerBuilder trainer(Trial trial) {
    Network network =
        Network.builder(2)
            .dense(trial.value(UNITS), trial.value(ACTIVATION))
            .dropout(0.05)
            .dense(2, softmax())
            .seed(trial.seed())
            .build();
    var rate = Schedules.cosine(trial.value(RATE));
    return Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(trial.has(FRICTION) ? momentum(rate, trial.value(FRICTION)) : adam(rate))
        .batchSize(8)
        .seed(trial.seed())
        .metric(accuracy())
        .listener(EarlyStopping.after(4));
  }

  static Candidate candidate(TrainerBuilder trainer) {
    return new Candidate(trainer, DATA.training(), DATA.validation());
  }

  static Candidate candidate(Trial trial) {
    return candidate(trainer(trial));
  }

  static Search halving() {
    return Search.halving(9, 1, 9, 3, RATE, UNITS, RULE, FRICTION, ACTIVATION).seed(4);
  }

  /** All that does not depend on time. */
  static List<?> figures(SearchResult result) {
    List<Object> all = new ArrayList<>();
    for (TrialResult trial : result.trials()) {
      all.add(trial.trial().toString());
      all.add(trial.score());
      trial.result().ifPresent(run -> all.add(run.evaluation().figures()));
      trial.result().ifPresent(run -> run.history().epochs().forEach(e -> all.add(withoutTime(e))));
    }
    all.add(result.best().trial().number());
    all.add(result.network().parameters().values().toString());
    return all;
  }

  private static Map<String, Number> withoutTime(EpochResult epoch) {
    Map<String, Number> figures = new LinkedHashMap<>(epoch.figures());
    figures.keySet().removeAll(Set.of("seconds", "samples_per_second"));
    return figures;
  }

  @Test
  void valuesAreInTheirRanges() throws Exception {
    List<Trial> trials = Collections.synchronizedList(new ArrayList<>());
    Search search = Search.random(30, RATE, UNITS, RULE, FRICTION, ACTIVATION).seed(1);
    assertThatThrownBy(
            () ->
                search
                    .best(Monitor.highest(accuracy()))
                    .run(
                        trial -> {
                          trials.add(trial);
                          if (trials.size() == 30) {
                            throw new IOException("enough");
                          }
                          return candidate(
                              Trainer.builder(Network.builder(2).dense(2, softmax()).build())
                                  .loss(crossEntropy())
                                  .optimizer(adam())
                                  .metric(accuracy())
                                  .epochs(1));
                        }))
        .hasMessage("enough");
    assertThat(trials)
        .allMatch(t -> t.value(RATE) >= 1e-3 && t.value(RATE) <= 1e-1)
        .allMatch(t -> t.value(UNITS) >= 2 && t.value(UNITS) <= 12)
        .allMatch(t -> t.has(FRICTION) == t.value(RULE).equals("momentum"));
    assertThat(trials.stream().filter(t -> t.value(RATE) < 1e-2).count())
        .as("half of the logarithms")
        .isBetween(8L, 22L);
    assertThat(trials.stream().map(Trial::seed).distinct()).hasSize(30);
    assertThat(trials.stream().map(t -> t.value(ACTIVATION)).distinct()).hasSize(2);
    Trial adam = trials.stream().filter(t -> !t.has(FRICTION)).findFirst().orElseThrow();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adam.value(FRICTION))
        .withMessage(
            "Trial: expected a value of 'friction', found values of [rate, units, rule,"
                + " activation]; check trial.has(...) first, and pass the same object as to the"
                + " search");
  }

  @Test
  void aGridHasAllCombinations() throws Exception {
    SearchResult result =
        Search.grid(2, RATE, RULE, FRICTION, UNITS)
            .run(
                trial ->
                    candidate(
                        Trainer.builder(Network.builder(2).dense(2, softmax()).build())
                            .loss(crossEntropy())
                            .optimizer(adam(trial.value(RATE)))
                            .epochs(1)));
    // 2 rates × (adam + momentum × 2 frictions) × 2 numbers of units
    assertThat(result.trials()).hasSize(12);
    assertThat(result.trials().get(0).trial())
        .hasToString("trial 1: rate=0.001, rule=adam, units=2");
    assertThat(result.trials().get(11).trial())
        .hasToString("trial 12: rate=0.1, rule=momentum, friction=0.95, units=12");
    assertThat(result.best().score())
        .isEqualTo(result.best().result().orElseThrow().evaluation().loss());
    assertThat(Hyperparameter.integers("n", 1, 3).grid(10)).containsExactly(1, 2, 3);
    assertThat(Hyperparameter.integers("n", 0, 100).grid(3)).containsExactly(0, 50, 100);
    assertThat(Hyperparameter.uniform("x", 0, 2).grid(1)).containsExactly(1.0);
    assertThat(Hyperparameter.integers("n", Integer.MIN_VALUE, Integer.MAX_VALUE).at(1.0))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(Hyperparameter.logUniform("x", 1e-4, 1e-2).grid(3).get(1))
        .isBetween(0.99e-3, 1.01e-3);
  }

  @Test
  void theResultDoesNotDependOnTheWorkersAndTheBestNetworkIsReturned() throws Exception {
    SearchResult one = halving().best(Monitor.highest(accuracy())).run(SearchTest::candidate);
    for (int workers : new int[] {2, 3}) {
      SearchResult more =
          halving().best(Monitor.highest(accuracy())).workers(workers).run(SearchTest::candidate);
      assertThat(figures(more)).isEqualTo(figures(one));
    }
    assertThat(one.trials().stream().map(TrialResult::epochs))
        .filteredOn(epochs -> epochs == 1)
        .as("six of nine end after the first epoch")
        .hasSize(6);
    double best = one.trials().stream().mapToDouble(TrialResult::score).max().orElseThrow();
    assertThat(one.best().score()).isEqualTo(best);
    assertThat(
            Evaluator.of(one.network())
                .metrics(accuracy())
                .evaluate(DATA.validation())
                .value(accuracy()))
        .isEqualTo(best);
    assertThat(one.toString())
        .contains("trial", "friction")
        .endsWith("best: " + one.best().trial());
  }

  /** Counts the epochs that are trained. */
  private record Counting(AtomicInteger epochs) implements TrainingListener {
    @Override
    public void onEpochBegin(EpochBegin event, Training training) {
      epochs.incrementAndGet();
    }
  }

  @Test
  void survivorsContinueWithTheBitsOfAnUnbrokenRun(@TempDir Path folder) throws Exception {
    for (Search search : List.of(halving(), halving().folder(folder.resolve("halving")))) {
      AtomicInteger epochs = new AtomicInteger();
      SearchResult result =
          search.run(trial -> candidate(trainer(trial).listener(new Counting(epochs))));
      TrialResult last =
          result.trials().stream().filter(t -> t.epochs() > 3).findFirst().orElseThrow();
      // 9 trials with 1 epoch, 3 of them with 2 more, 1 of them with up to 6 more.
      assertThat(epochs.get()).isEqualTo(9 + 3 * 2 + last.epochs() - 3);
      TrainerBuilder alone = trainer(last.trial()).epochs(9).validation(DATA.validation());
      try (Trainer trainer = alone.build()) {
        var history = trainer.fit(DATA.training());
        assertThat(
                last.result().orElseThrow().history().epochs().stream()
                    .map(SearchTest::withoutTime))
            .containsExactlyElementsOf(
                history.epochs().stream().map(SearchTest::withoutTime).toList());
        assertThat(last.result().orElseThrow().evaluation())
            .isEqualTo(trainer.evaluate(DATA.validation()));
      }
    }
  }

  @Test
  void hyperbandHasRoundsOfHalving() throws Exception {
    SearchResult result =
        Search.hyperband(9, 3, RATE)
            .workers(2)
            .run(
                trial ->
                    candidate(
                        Trainer.builder(Network.builder(2).dense(2, softmax()).seed(1).build())
                            .loss(crossEntropy())
                            .optimizer(adam(trial.value(RATE)))));
    // s = 2: 9 trials of 1 epoch, 3 of 3, 1 of 9; s = 1: 5 of 3, 1 of 9; s = 0: 3 of 9.
    assertThat(result.trials().stream().map(TrialResult::epochs).sorted())
        .containsExactly(1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 9, 9, 9, 9, 9);
  }

  @Test
  void tablesAreWritten(@TempDir Path folder) throws Exception {
    Hyperparameter<String> odd = Hyperparameter.choice("a,b", "x\"y", "z");
    Path kept = folder.resolve("search");
    SearchResult result =
        Search.grid(1, odd, UNITS)
            .folder(kept)
            .run(
                trial ->
                    candidate(
                        Trainer.builder(Network.builder(2).dense(2, softmax()).build())
                            .loss(crossEntropy())
                            .optimizer(adam(trial.value(odd).equals("z") ? 1e30 : 0.01))
                            .epochs(3)));
    result.writeCsv(folder.resolve("t.csv"));
    result.writeJson(folder.resolve("t.json"));
    List<String> lines = Files.readAllLines(folder.resolve("t.csv"));
    assertThat(lines.get(0)).isEqualTo("trial,\"a,b\",units,epochs,score,loss");
    assertThat(lines.get(1)).matches("1,\"x\"\"y\",7,3,0\\.\\d+,0\\.\\d+");
    assertThat(kept.resolve("trials.csv")).hasSameTextualContentAs(folder.resolve("t.csv"));
    assertThat(kept.resolve("trials.json")).hasSameTextualContentAs(folder.resolve("t.json"));
    List<Settings> trials =
        Settings.parse(Files.readString(folder.resolve("t.json")))
            .getList("trials", Settings.class);
    assertThat(trials.get(0).getSettings("values").getString("a,b")).isEqualTo("x\"y");
    assertThat(trials.get(0).getSettings("values").getInt("units")).isEqualTo(7);
    assertThat(trials.get(0).getDouble("score")).isEqualTo(result.trials().get(0).score());
    try (Network best = ModelFiles.load(kept.resolve("trial-1-result.safetensors"))) {
      assertThat(best.parameters().values()).isEqualTo(result.network().parameters().values());
    }
  }

  @Test
  void trialsThatDivergeHaveNoScore() throws Exception {
    Hyperparameter<Double> huge = Hyperparameter.choice("rate", 1e38, 0.01);
    Search search = Search.grid(1, huge);
    Search.Recipe recipe =
        trial ->
            candidate(
                Trainer.builder(Network.builder(2).dense(2, softmax()).build())
                    .loss(crossEntropy())
                    .optimizer(momentum(trial.value(huge), 0.9))
                    .epochs(60));
    SearchResult result = search.run(recipe);
    assertThat(result.trials().get(0).score()).isNaN();
    assertThat(result.trials().get(0).result()).isEmpty();
    assertThat(result.best().trial().number()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                Search.grid(1, Hyperparameter.choice("rate", 1e38))
                    .run(
                        trial ->
                            candidate(
                                Trainer.builder(Network.builder(2).dense(2, softmax()).build())
                                    .loss(crossEntropy())
                                    .optimizer(momentum(1e38, 0.9))
                                    .epochs(60))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Search: expected a trial whose figure 'validation_loss' is a number, found none of 1;"
                + " narrow the ranges, lower the learning rate, or choose another figure with"
                + " best(...)");
  }

  @Test
  void aRecipeThatReusesItsNetworkIsRefused() {
    Network network = Network.builder(2).dense(2, softmax()).seed(1).build();
    assertThatThrownBy(
            () ->
                Search.random(2, RATE)
                    .run(
                        trial ->
                            new Candidate(
                                Trainer.builder(network)
                                    .loss(crossEntropy())
                                    .optimizer(adam(trial.value(RATE)))
                                    .epochs(1),
                                DATA.training(),
                                DATA.validation())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Search: expected a recipe that builds a new network for each trial, found the same one"
                + " twice; call Network.builder(...) inside the recipe");
  }

  @Test
  @SuppressWarnings("NullAway") // null is refused
  void whatCannotBeSearchedIsRefused(@TempDir Path folder) throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Search.random(1, FRICTION, RULE))
        .withMessage(
            "Search: expected hyperparameters after those that they depend on, found friction,"
                + " uniform in [0.5, 0.95], when rule is in [momentum]; pass 'rule' before it, the"
                + " same object");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Search.random(1, RATE, RATE))
        .withMessage(
            "Search: expected hyperparameters of different names, found 'rate' twice; rename one");
    assertThatThrownBy(() -> Search.random(1, (Hyperparameter<?>) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("Search: expected");
    assertThatThrownBy(() -> Hyperparameter.choice("a", "b", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("Hyperparameter: expected");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Search.random(1))
        .withMessage("Search: expected one or more hyperparameters, found none; pass at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hyperparameter.logUniform("rate", 0, 1))
        .withMessageContaining("smallest value of 'rate'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hyperparameter.uniform("rate", 1, 1))
        .withMessageContaining("a smallest and a larger value of 'rate', found 1.0 and 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hyperparameter.choice("a", 1, 1))
        .withMessageContaining("values of 'a' that differ as strings");
    assertThatIllegalArgumentException().isThrownBy(() -> Hyperparameter.integers("a", 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Search.halving(3, 2, 1, 2, RATE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Search.hyperband(3, 1, RATE))
        .withMessageStartingWith("Search: expected a factor of 2 or more, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> halving().best(Monitor.trainingLoss()))
        .withMessage(
            "Search: expected a figure of the validation data, found loss; use"
                + " Monitor.validationLoss(), lowest(...) or highest(...)");
    assertThatThrownBy(
            () ->
                halving()
                    .best(Monitor.lowest(org.nn4j.metric.Metrics.mae()))
                    .run(SearchTest::candidate))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the figure 'validation_mean absolute error'");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> halving().folder(file).run(SearchTest::candidate))
        .hasMessageContaining("expected a folder, found a file");
    Search kept = Search.random(1, RATE).folder(folder.resolve("search"));
    kept.run(
        trial ->
            candidate(
                Trainer.builder(Network.builder(2).dense(2, softmax()).build())
                    .loss(crossEntropy())
                    .optimizer(adam())
                    .epochs(1)));
    assertThatThrownBy(
            () ->
                Search.random(2, RATE).folder(folder.resolve("search")).run(SearchTest::candidate))
        .hasMessageContaining("the results of the same settings");
  }
}
