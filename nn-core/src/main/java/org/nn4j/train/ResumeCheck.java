package org.nn4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalty;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.TrainingSettings.ValidationSplit;

/**
 * Settings that must not change when a run is resumed, stored as notes of a checkpoint. The length
 * of the run, the learning rate, metrics and listeners may change.
 *
 * @param texts the settings by name
 */
record ResumeCheck(Map<String, String> texts) {
  private static final String PREFIX = "trainer.";
  private static final String DATA = PREFIX + "data";
  private static final Pattern CHANGING =
      Pattern.compile(
          "(\\$\\$Lambda)[$\\d]*(?:/(?:0x)?\\p{XDigit}+)?(?:@\\p{XDigit}+)?|@\\p{XDigit}{1,8}\\b");

  private static final Pattern EARLY_SPLIT =
      Pattern.compile("ValidationSplit\\[fraction=(.+), stratified=(true|false)]");

  static ResumeCheck of(TrainingSettings settings) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("loss", lasting(settings.loss().toString()));
    Optimizer optimizer = settings.optimizer();
    texts.put(
        "optimizer",
        lasting(Checks.returned(optimizer.settings(), optimizer, "a text from settings")));
    List<Penalty> penalties = settings.regularization().penalties();
    GradientClipping clipping = settings.regularization().clipping();
    texts.put("penalties", lasting(penalties.toString()));
    texts.put("clipping", clipping == null ? "none" : lasting(clipping.toString()));
    texts.put("batch_size", settings.batchSize() + "");
    texts.put("accumulated_batches", settings.microBatches() + "");
    texts.put("drop_last", settings.dropLast() + "");
    texts.put("shuffle", settings.shuffle() + "");
    texts.put("seed", settings.seed() + "");
    texts.put("validation_split", Objects.toString(settings.validation().split(), "none"));
    List<Double> weights = settings.classWeights();
    texts.put("class_weights", weights.isEmpty() ? "none" : weights.toString());
    return new ResumeCheck(texts);
  }

  /** Returns a text without what changes with each start: numbers of lambdas, and hash codes. */
  private static String lasting(String text) {
    return CHANGING.matcher(text).replaceAll("$1");
  }

  Checkpoint write(Checkpoint checkpoint, String dataSize) {
    Checkpoint more = checkpoint;
    for (Map.Entry<String, String> setting : texts.entrySet()) {
      more = more.withNote(PREFIX + setting.getKey(), setting.getValue());
    }
    return dataSize.isEmpty() ? more : more.withNote(DATA, dataSize);
  }

  /**
   * Compares these with the settings in a checkpoint, if it has any.
   *
   * @throws IllegalArgumentException if they differ; all differences are listed
   */
  void require(Checkpoint checkpoint) {
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          String there = currentText(checkpoint.notes().getOrDefault(PREFIX + name, text));
          if (!there.equals(text)) {
            expected.add(name + " " + there);
            found.add(name + " " + text);
          }
        });
    if (!expected.isEmpty()) {
      throw difference(Texts.list(expected), Texts.list(found));
    }
  }

  /** Returns the current text of a setting in a checkpoint of an early version of the library. */
  private static String currentText(String text) {
    Matcher split = EARLY_SPLIT.matcher(text);
    if (split.matches()) {
      return ValidationSplit.text(split.group(1), Boolean.parseBoolean(split.group(2)));
    }
    return switch (text) {
      case "mean squared error (sum over outputs)" -> "squared error (sum over outputs)";
      case "mean squared error (mean over outputs)" -> "mean squared error";
      case "mean absolute error (sum over outputs)" -> "absolute error (sum over outputs)";
      case "mean absolute error (mean over outputs)" -> "mean absolute error";
      default -> lasting(text);
    };
  }

  /** Returns the size of the training data of a checkpoint; empty if it has none. */
  static String dataSize(Checkpoint checkpoint) {
    return checkpoint.notes().getOrDefault(DATA, "");
  }

  /**
   * Compares the training data with that of the run so far.
   *
   * @throws IllegalArgumentException if they differ
   */
  static void requireDataSize(String expected, String found) {
    if (!expected.isEmpty() && !expected.equals(found)) {
      throw difference("training data of " + expected, found);
    }
  }

  private static IllegalArgumentException difference(String expected, String found) {
    return new IllegalArgumentException(
        Require.message(
            "Trainer, resuming from a checkpoint",
            expected,
            found,
            "use the settings of the run, or start a new run with its network, ModelFiles.load(file)"));
  }
}
