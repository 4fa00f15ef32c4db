package org.nn4j.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.io.Settings;
import org.nn4j.model.Evaluation;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.EpochResult;
import org.nn4j.train.History;
import org.nn4j.train.StopReason;

/** Results of a run as notes of its checkpoint: one file holds both, so they never differ. */
final class RunNotes {
  private static final String EPOCHS = "tuning.epochs";
  private static final String RESULT = "tuning.result";
  private static final String TRAINING = "training_";
  private static final String VALIDATION = "validation_";

  private RunNotes() {}

  static Checkpoint withEpochs(Checkpoint checkpoint, List<EpochResult> epochs) {
    List<Settings> list =
        epochs.stream()
            .map(
                epoch -> {
                  Map<String, String> texts = new LinkedHashMap<>();
                  epoch.figures().forEach((name, figure) -> texts.put(name, figure.toString()));
                  return Settings.ofTexts(texts);
                })
            .toList();
    return checkpoint.withNote(EPOCHS, Settings.none().with(EPOCHS, list).toString());
  }

  static List<EpochResult> epochs(Checkpoint checkpoint) {
    List<EpochResult> epochs = new ArrayList<>();
    for (Settings epoch : note(checkpoint, EPOCHS).getList(EPOCHS, Settings.class)) {
      Map<String, String> figures = epoch.toTexts();
      epochs.add(
          new EpochResult(
              Integer.parseInt(epoch.getString("epoch")),
              Integer.parseInt(epoch.getString("steps")),
              number(epoch, "loss"),
              number(epoch, "learning_rate"),
              number(epoch, "seconds"),
              number(epoch, "samples_per_second"),
              evaluation(figures, TRAINING),
              evaluation(figures, VALIDATION)));
    }
    return epochs;
  }

  private static double number(Settings epoch, String name) {
    return Double.parseDouble(epoch.getString(name));
  }

  private static Evaluation evaluation(Map<String, String> figures, String prefix) {
    Map<String, Double> found = new LinkedHashMap<>();
    figures.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), Double.valueOf(text));
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
    return new RunResult(
        evaluation(note.getSettings("figures").toTexts(), ""),
        new History(epochs(checkpoint), reason));
  }
}
