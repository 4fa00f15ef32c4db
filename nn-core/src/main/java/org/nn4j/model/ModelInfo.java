package org.nn4j.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nn4j.Require;
import org.nn4j.data.InputScaling;
import org.nn4j.io.Settings;

/**
 * What a network does not need and its users do: saved with it and given back when it is loaded.
 * Immutable and thread-safe.
 *
 * @param inputScaling what was done to raw numbers before they became its input, if anything
 * @param classLabels the name of each class, in the order of the outputs; empty if there is none
 * @param notes texts by name, such as a title or a licence
 */
public record ModelInfo(
    Optional<InputScaling> inputScaling, List<String> classLabels, Map<String, String> notes) {
  private static final String SCALING = "input_scaling";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String LABELS = "class_labels";
  private static final String NOTES = "notes";

  /**
   * Copies the arguments.
   *
   * @param inputScaling what was done to raw numbers before they became its input, if anything
   * @param classLabels the name of each class, in the order of the outputs; empty if there is none
   * @param notes texts by name, such as a title or a licence
   */
  public ModelInfo {
    Require.notNull(inputScaling, "ModelInfo", "inputScaling");
    Require.noNulls(classLabels, "ModelInfo", "classLabels");
    Require.noNulls(notes, "ModelInfo", "notes");
    classLabels = List.copyOf(classLabels);
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /**
   * Nothing, to begin with.
   *
   * @return without scaling, labels and notes
   */
  public static ModelInfo none() {
    return new ModelInfo(Optional.empty(), List.of(), Map.of());
  }

  /**
   * This with a scaling.
   *
   * @param scaling what is done to raw numbers
   * @return new information
   */
  public ModelInfo withInputScaling(InputScaling scaling) {
    Require.notNull(scaling, "ModelInfo.withInputScaling", "scaling");
    return new ModelInfo(Optional.of(scaling), classLabels, notes);
  }

  /**
   * This with class labels.
   *
   * @param labels the name of each class, in the order of the outputs
   * @return new information
   */
  public ModelInfo withClassLabels(String... labels) {
    Require.noNulls(labels, "ModelInfo.withClassLabels", "labels");
    return new ModelInfo(inputScaling, List.of(labels), notes);
  }

  /**
   * This and one note more.
   *
   * @param name its name
   * @param text its text
   * @return new information
   */
  public ModelInfo withNote(String name, String text) {
    Require.notNull(name, "ModelInfo.withNote", "name");
    Require.notNull(text, "ModelInfo.withNote", "text");
    Map<String, String> more = new LinkedHashMap<>(notes);
    more.put(name, text);
    return new ModelInfo(inputScaling, classLabels, more);
  }

  Settings toSettings() {
    Settings settings = Settings.none();
    if (inputScaling.isPresent()) {
      settings = settings.with(SCALING, toSettings(inputScaling.get()));
    }
    return settings.with(LABELS, classLabels).with(NOTES, Settings.ofTexts(notes));
  }

  private static Settings toSettings(InputScaling scaling) {
    return Settings.none().with(MEAN, scaling.mean()).with(DEVIATION, scaling.deviation());
  }

  private static InputScaling scalingOf(Settings settings) {
    return new InputScaling(doubles(settings, MEAN), doubles(settings, DEVIATION));
  }

  private static List<Double> doubles(Settings settings, String name) {
    return settings.getList(name, Number.class).stream().map(Number::doubleValue).toList();
  }

  static ModelInfo of(Settings settings) {
    Optional<InputScaling> scaling =
        settings.has(SCALING)
            ? Optional.of(scalingOf(settings.getSettings(SCALING)))
            : Optional.empty();
    ModelInfo info =
        new ModelInfo(
            scaling, settings.getList(LABELS, String.class), settings.getSettings(NOTES).toTexts());
    Require.that(
        info.toSettings().equals(settings),
        "ModelInfo",
        "input_scaling, class_labels and notes alone",
        settings,
        "take another copy of the file");
    return info;
  }
}
