package org.nn4j.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.internal.Checks;
import org.nn4j.io.Settings;

/**
 * Meaning of a network's inputs and outputs, and notes. Saved with the network; estimators apply
 * it. Immutable and thread-safe.
 *
 * @param inputScaling the scaling of plain numbers, if any
 * @param features the features that raw rows have, if they have names; no scaling then
 * @param classLabels the name of each class, in the order of the outputs; empty if there is none
 * @param targets the column of each output of a regression; empty if there is none
 * @param notes strings by name, such as a title or a license
 */
public record ModelInfo(
    Optional<InputScaling> inputScaling,
    Optional<Features> features,
    List<String> classLabels,
    List<TargetColumn> targets,
    Map<String, String> notes) {
  /**
   * Copies the arguments.
   *
   * @param inputScaling the scaling of plain numbers, if any
   * @param features the features that raw rows have, if they have names
   * @param classLabels the name of each class, in the order of the outputs
   * @param targets the column of each output of a regression
   * @param notes strings by name, such as a title or a license
   * @throws IllegalArgumentException if a class label is null, blank, or a duplicate; there are
   *     both a scaling and features, or both class labels and targets
   */
  public ModelInfo {
    Require.notNull(inputScaling, "ModelInfo", "inputScaling");
    Require.notNull(features, "ModelInfo", "features");
    Require.notNull(classLabels, "ModelInfo", "classLabels");
    Checks.noNulls(targets, "ModelInfo", "targets");
    Checks.noNulls(notes, "ModelInfo", "notes");
    requireLabels(classLabels);
    Require.that(
        inputScaling.isEmpty() || features.isEmpty(),
        "ModelInfo",
        "a scaling of plain numbers, or features",
        "both",
        "omit the scaling: features have their own");
    Require.that(
        classLabels.isEmpty() || targets.isEmpty(),
        "ModelInfo",
        "class labels, or targets of a regression",
        "both",
        "omit one of them");
    List<String> names = targets.stream().map(TargetColumn::name).toList();
    Require.that(
        names.stream().distinct().count() == names.size(),
        "ModelInfo",
        "targets of different names",
        names,
        "rename the duplicates");
    classLabels = List.copyOf(classLabels);
    targets = List.copyOf(targets);
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /**
   * Returns empty information.
   *
   * @return without scaling, labels and notes
   */
  public static ModelInfo none() {
    return new ModelInfo(Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of());
  }

  /**
   * Returns this information with a scaling.
   *
   * @param scaling the scaling of raw inputs
   * @return new information
   */
  public ModelInfo withInputScaling(InputScaling scaling) {
    Require.notNull(scaling, "ModelInfo.withInputScaling", "scaling");
    return new ModelInfo(Optional.of(scaling), features, classLabels, targets, notes);
  }

  /**
   * Returns this information with features.
   *
   * @param named the features of raw rows
   * @return new information
   * @throws IllegalArgumentException if there is a scaling
   */
  public ModelInfo withFeatures(Features named) {
    Require.notNull(named, "ModelInfo.withFeatures", "named");
    return new ModelInfo(inputScaling, Optional.of(named), classLabels, targets, notes);
  }

  /**
   * Returns this information with the targets of a regression.
   *
   * @param columns the column of each output
   * @return new information
   * @throws IllegalArgumentException if there are class labels
   */
  public ModelInfo withTargets(List<TargetColumn> columns) {
    Require.notNull(columns, "ModelInfo.withTargets", "columns");
    return new ModelInfo(inputScaling, features, classLabels, columns, notes);
  }

  /**
   * Returns this information with class labels.
   *
   * @param labels the name of each class, in the order of the outputs; two for a network with one
   *     output, that of class 0 and that of class 1
   * @return new information
   * @throws IllegalArgumentException if a label is null, blank, or a duplicate
   */
  public ModelInfo withClassLabels(String... labels) {
    Require.notNull(labels, "ModelInfo.withClassLabels", "labels");
    return withClassLabels(Arrays.asList(labels));
  }

  /**
   * Returns this information with class labels, such as the class names of a data set.
   *
   * @param labels as of {@link #withClassLabels(String...)}
   * @return new information
   * @throws IllegalArgumentException if a label is null, blank, or a duplicate
   */
  public ModelInfo withClassLabels(List<String> labels) {
    Require.notNull(labels, "ModelInfo.withClassLabels", "labels");
    return new ModelInfo(inputScaling, features, labels, targets, notes);
  }

  /**
   * Returns this information with an additional note.
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
    return new ModelInfo(inputScaling, features, classLabels, targets, more);
  }

  /**
   * Returns the information as a model file contains it, for files of other formats.
   *
   * @return settings that {@link #of} reads
   */
  public Settings toSettings() {
    return InfoSettings.toSettings(this);
  }

  /**
   * Returns the information that settings describe.
   *
   * @param settings what {@link #toSettings} returned
   * @return equal information
   * @throws IllegalArgumentException if a value is missing, superfluous or not valid
   */
  public static ModelInfo of(Settings settings) {
    return InfoSettings.of(Require.notNull(settings, "ModelInfo.of", "settings"));
  }

  private static void requireLabels(List<@Nullable String> labels) {
    Set<String> different = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      if (label == null || label.isBlank() || !different.add(label)) {
        throw new IllegalArgumentException(
            Require.message(
                "ModelInfo",
                "class labels that differ and are not blank",
                (label == null ? "null" : "'" + label + "'")
                    + " at index "
                    + i
                    + (label == null || label.isBlank() ? "" : ", a duplicate"),
                "name each class differently"));
      }
    }
  }

  /**
   * Checks that this information fits a network.
   *
   * @param input the shape of one sample of its input
   * @param output the shape of one sample of its output
   * @throws IllegalArgumentException if the scaling or the features do not fit the input, there are
   *     class labels or targets, but not one for each output, or it is too long for a model file
   */
  public void requireFits(Shape input, Shape output) {
    Require.notNull(input, "ModelInfo.requireFits", "input");
    Require.notNull(output, "ModelInfo.requireFits", "output");
    InfoSettings.requireStorable(this);
    inputScaling.ifPresent(scaling -> scaling.requireFits(input));
    features.ifPresent(
        named ->
            Require.that(
                named.inputs().size() == input.size(),
                "ModelInfo",
                "features of " + input.size() + " numbers, the inputs of the network",
                named.inputs().size() + " numbers",
                "build the network with features.inputs().size() inputs"));
    Require.that(
        targets.isEmpty() || targets.size() == output.size(),
        "ModelInfo",
        "a target for each output of the network, " + output.size(),
        targets.size() + " targets",
        "name one target for each output");
    int labels = classLabels.size();
    boolean isOfTwo = output.size() == 1 && labels == 2;
    if (labels != 0 && labels != output.size() && !isOfTwo) {
      throw new IllegalArgumentException(
          Require.message(
              "ModelInfo",
              "a class label for each output of the network, "
                  + (output.size() == 1 ? "1, or 2 for the classes 0 and 1" : output.size()),
              labels + " labels",
              "pass one label for each output, in the order of the outputs"));
    }
  }
}
