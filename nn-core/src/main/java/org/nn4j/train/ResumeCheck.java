package org.nn4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.model.Checkpoint;

/**
 * The settings without which a run does not go on as it began, as notes of a checkpoint. How long
 * to train, the learning rate and what to measure are not among them.
 *
 * @param texts the settings by name
 */
record ResumeCheck(Map<String, String> texts) {
  private static final String PREFIX = "trainer.";
  private static final String DATA = PREFIX + "data";

  static ResumeCheck of(Loss loss, Optimizer optimizer, TrainerBuilder settings) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("loss", printed(loss));
    texts.put("optimizer", optimizer.settings());
    texts.put("penalties", settings.penalties.stream().map(ResumeCheck::printed).toList() + "");
    texts.put("clipping", settings.clipping == null ? "none" : printed(settings.clipping));
    texts.put("batch_size", settings.batchSize + "");
    texts.put("accumulated_batches", settings.microBatches + "");
    texts.put("drop_last", settings.dropLast + "");
    texts.put("shuffle", settings.shuffle + "");
    texts.put("seed", settings.seed + "");
    texts.put("validation_split", settings.split == null ? "none" : settings.split + "");
    texts.put(
        "class_weights",
        settings.classWeights == null ? "none" : Arrays.toString(settings.classWeights));
    return new ResumeCheck(texts);
  }

  /** What an object prints or, where that is an address that changes with each start, its class. */
  private static String printed(Object part) {
    String text = part.toString();
    Class<?> type = part.getClass();
    boolean isAddress = text.equals(type.getName() + "@" + Integer.toHexString(part.hashCode()));
    return isAddress ? type.getName().replaceFirst("(\\$\\$Lambda).*", "$1") : text;
  }

  Checkpoint write(Checkpoint checkpoint, String dataSize) {
    Checkpoint more = checkpoint;
    for (Map.Entry<String, String> setting : texts.entrySet()) {
      more = more.withNote(PREFIX + setting.getKey(), setting.getValue());
    }
    return dataSize.isEmpty() ? more : more.withNote(DATA, dataSize);
  }

  /**
   * Compares these with the settings in a checkpoint, as far as it has any.
   *
   * @throws IllegalArgumentException if they differ; all differences are listed
   */
  void require(Checkpoint checkpoint) {
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          String there = checkpoint.notes().getOrDefault(PREFIX + name, text);
          if (!there.equals(text)) {
            expected.add(name + " " + there);
            found.add(name + " " + text);
          }
        });
    if (!expected.isEmpty()) {
      throw difference(Require.list(expected), Require.list(found));
    }
  }

  /** How much data the run of a checkpoint is trained on; empty if it does not say. */
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
            "Trainer, going on with a checkpoint",
            expected,
            found,
            "go on as the run began, or begin a new one with its network, Network.load(file)"));
  }
}
