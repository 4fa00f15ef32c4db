package org.nn4j.tuning;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.io.Settings;
import org.nn4j.model.Evaluation;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.EpochResult;
import org.nn4j.train.History;
import org.nn4j.train.StopReason;

/**
 * Results of a run as notes and a tensor of its checkpoint: one file holds both, so they never
 * differ.
 */
final class RunNotes {
  private static final String EPOCHS = "tuning.epochs";
  private static final String FIGURES = "tuning.figures";
  private static final String RESULT = "tuning.result";
  private static final String TRAINING = "training_";
  private static final String VALIDATION = "validation_";

  private RunNotes() {}

  /** Adds the figures as a tensor, a row for each epoch: the length of notes is limited. */
  static Checkpoint withEpochs(Checkpoint checkpoint, List<EpochResult> epochs) {
    if (epochs.isEmpty()) {
      return checkpoint;
    }
    List<String> names = List.copyOf(epochs.get(0).figures().keySet());
    double[][] rows =
        epochs.stream()
            .map(
                epoch ->
                    names.stream()
                        .mapToDouble(
                            name -> requireNonNull(epoch.figures().get(name)).doubleValue())
                        .toArray())
            .toArray(double[][]::new);
    return checkpoint
        .withNote(FIGURES, Settings.none().with(FIGURES, names).toString())
        .withTensor(EPOCHS, NewArrays.of(rows));
  }

  static List<EpochResult> epochs(Checkpoint checkpoint) {
    List<EpochResult> epochs = new ArrayList<>();
    INDArray rows = checkpoint.tensors().get(EPOCHS);
    if (rows != null) {
      List<String> names = note(checkpoint, FIGURES).getList(FIGURES, String.class);
      for (double[] row : rows.toDoubleMatrix()) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
          figures.put(names.get(i), row[i]);
        }
        epochs.add(epoch(figures));
      }
    } else if (checkpoint.notes().containsKey(EPOCHS)) { // of an earlier version
      for (Settings texts : note(checkpoint, EPOCHS).getList(EPOCHS, Settings.class)) {
        epochs.add(epoch(numbers(texts)));
      }
    }
    return epochs;
  }

  private static EpochResult epoch(Map<String, Double> figures) {
    return new EpochResult(
        (int) number(figures, "epoch"),
        (int) number(figures, "steps"),
        number(figures, "loss"),
        number(figures, "learning_rate"),
        number(figures, "seconds"),
        number(figures, "samples_per_second"),
        evaluation(figures, TRAINING),
        evaluation(figures, VALIDATION));
  }

  private static Map<String, Double> numbers(Settings texts) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    texts.toTexts().forEach((name, text) -> numbers.put(name, Double.valueOf(text)));
    return numbers;
  }

  private static double number(Map<String, Double> figures, String name) {
    return requireNonNull(figures.get(name), name);
  }

  private static Evaluation evaluation(Map<String, Double> figures, String prefix) {
    Map<String, Double> found = new LinkedHashMap<>();
    figures.forEach(
        (name, figure) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), figure);
          }
        });
    return new Evaluation(found);
  }

  private static Settings note(Checkpoint checkpoint, String name) {
    return Settings.parse(checkpoint.notes().getOrDefault(name, "{}"));
  }

  /** Adds the result of a run that has ended. */
  static Checkpoint withResult(Checkpoint checkpoint, RunResult result) {
    Map<String, String> figures = new LinkedHashMap<>();
    result.evaluation().figures().forEach((name, value) -> figures.put(name, value.toString()));
    StopReason reason = result.history().stopReason();
    Settings note =
        Settings.none()
            .with("figures", Settings.ofTexts(figures))
            .with("ending", reason.kind().name())
            .with("reason", reason.text());
    return withEpochs(checkpoint, result.history().epochs()).withNote(RESULT, note.toString());
  }

  static RunResult result(Checkpoint checkpoint) {
    Settings note = note(checkpoint, RESULT);
    StopReason reason =
        new StopReason(StopReason.Kind.valueOf(note.getString("ending")), note.getString("reason"));
    Evaluation evaluation = new Evaluation(numbers(note.getSettings("figures")));
    return new RunResult(evaluation, new History(epochs(checkpoint), reason));
  }
}
