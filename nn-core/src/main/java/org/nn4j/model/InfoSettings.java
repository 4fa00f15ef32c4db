package org.nn4j.model;

import java.util.List;
import java.util.Optional;
import org.nn4j.Require;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.internal.Texts;
import org.nn4j.io.Settings;

/** Conversion of {@link ModelInfo} to settings of a model file, and back. */
final class InfoSettings {
  private static final String SCALING = "input_scaling";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String FEATURES = "features";
  private static final String TARGETS = "targets";
  private static final String LABELS = "class_labels";
  private static final String NOTES = "notes";

  private InfoSettings() {}

  static Settings toSettings(ModelInfo info) {
    Settings settings = Settings.none();
    if (info.inputScaling().isPresent()) {
      settings = settings.with(SCALING, toSettings(info.inputScaling().get()));
    }
    if (info.features().isPresent()) {
      settings = settings.with(FEATURES, FeatureSettings.toSettings(info.features().get()));
    }
    if (!info.targets().isEmpty()) {
      settings = settings.with(TARGETS, FeatureSettings.toSettings(info.targets()));
    }
    return settings.with(LABELS, info.classLabels()).with(NOTES, Settings.ofTexts(info.notes()));
  }

  /** Checks what a model file can hold, before a long training. */
  static void requireStorable(ModelInfo info) {
    for (String name : info.notes().keySet()) {
      Require.that(
          name.length() <= Texts.MAX_NAME_LENGTH,
          "ModelInfo",
          "names of notes of at most " + Texts.MAX_NAME_LENGTH + " characters",
          name.length(),
          "put long texts into the note");
    }
    int length = toSettings(info).toString().length();
    if (length > Texts.MAX_STRING_LENGTH) {
      throw new IllegalArgumentException(
          Require.message(
              "ModelInfo",
              "a scaling, features, labels, targets and notes of at most "
                  + Texts.MAX_STRING_LENGTH
                  + " characters in a model file",
              String.valueOf(length),
              isMostlyScaling(info, length)
                  ? "scale all elements alike, InputStatistics.standardOverall()"
                  : "shorten the categories, names, labels or notes"));
    }
  }

  private static boolean isMostlyScaling(ModelInfo info, int length) {
    return info.inputScaling().stream()
        .anyMatch(scaling -> toSettings(scaling).toString().length() > length / 2);
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
    Optional<Features> features =
        settings.has(FEATURES)
            ? Optional.of(FeatureSettings.features(settings.getList(FEATURES, Settings.class)))
            : Optional.empty();
    List<TargetColumn> targets =
        settings.has(TARGETS)
            ? FeatureSettings.targets(settings.getList(TARGETS, Settings.class))
            : List.of();
    ModelInfo info =
        new ModelInfo(
            scaling,
            features,
            settings.getList(LABELS, String.class),
            targets,
            settings.getSettings(NOTES).toTexts());
    Require.that(
        toSettings(info).equals(settings),
        "ModelInfo",
        "input_scaling, features, class_labels, targets and notes alone",
        Texts.brief(settings),
        "copy the file again");
    return info;
  }
}
