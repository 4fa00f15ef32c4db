package org.nn4j.model;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.nn4j.Require;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.internal.Texts;
import org.nn4j.io.Settings;

/** Conversion of features and targets to settings of a model file, and back. */
final class FeatureSettings {
  private static final String NAME = "name";
  private static final String TYPE = "type";
  private static final String NUMBER = "number";
  private static final String BOOLEAN = "boolean";
  private static final String CATEGORY = "category";
  private static final String MIN = "min";
  private static final String MAX = "max";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String FILL = "fill";
  private static final String INDICATOR = "indicator";
  private static final String CATEGORIES = "categories";
  private static final String UNKNOWN = "unknown";

  private FeatureSettings() {}

  static List<Settings> toSettings(Features features) {
    return features.list().stream().map(FeatureSettings::toSettings).toList();
  }

  private static Settings toSettings(Feature feature) {
    Settings settings = Settings.none().with(NAME, feature.name());
    if (feature instanceof NumberFeature number) {
      return withFill(
          settings
              .with(TYPE, NUMBER)
              .with(MIN, number.bounds().min())
              .with(MAX, number.bounds().max())
              .with(MEAN, number.mean())
              .with(DEVIATION, number.deviation()),
          number.fill(),
          number.indicator());
    }
    if (feature instanceof BooleanFeature truth) {
      return withFill(settings.with(TYPE, BOOLEAN), truth.fill(), truth.indicator());
    }
    CategoryFeature category = (CategoryFeature) feature;
    return settings
        .with(TYPE, CATEGORY)
        .with(CATEGORIES, category.categories())
        .with(UNKNOWN, category.unknown().name().toLowerCase(Locale.ROOT));
  }

  private static Settings withFill(Settings settings, OptionalDouble fill, boolean indicator) {
    return fill.isEmpty()
        ? settings
        : settings.with(FILL, fill.getAsDouble()).with(INDICATOR, indicator);
  }

  static Features features(List<Settings> list) {
    return Features.of(list.stream().map(FeatureSettings::feature).toList());
  }

  private static Feature feature(Settings settings) {
    String name = settings.getString(NAME);
    String type = settings.getString(TYPE);
    OptionalDouble fill =
        settings.has(FILL) ? OptionalDouble.of(settings.getDouble(FILL)) : OptionalDouble.empty();
    boolean indicator = settings.has(INDICATOR) && settings.getBoolean(INDICATOR);
    return switch (type) {
      case NUMBER ->
          new NumberFeature(
              name,
              new NumberFeature.Bounds(settings.getDouble(MIN), settings.getDouble(MAX)),
              settings.getDouble(MEAN),
              settings.getDouble(DEVIATION),
              fill,
              indicator);
      case BOOLEAN -> new BooleanFeature(name, fill, indicator);
      case CATEGORY ->
          new CategoryFeature(
              name,
              settings.getList(CATEGORIES, String.class),
              unknown(settings.getString(UNKNOWN)));
      default ->
          throw new IllegalArgumentException(
              Require.message(
                  "feature '" + Texts.brief(name) + "'",
                  "the type number, boolean or category",
                  "'" + Texts.brief(type) + "'",
                  "copy the file again"));
    };
  }

  private static UnknownCategory unknown(String rule) {
    for (UnknownCategory each : UnknownCategory.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(rule)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        Require.message(UNKNOWN, "error or zeros", "'" + Texts.brief(rule) + "'", "copy it again"));
  }

  static List<Settings> toSettings(List<TargetColumn> targets) {
    return targets.stream()
        .map(
            target ->
                Settings.none()
                    .with(NAME, target.name())
                    .with(MEAN, target.mean())
                    .with(DEVIATION, target.deviation()))
        .toList();
  }

  static List<TargetColumn> targets(List<Settings> list) {
    return list.stream()
        .map(
            settings ->
                new TargetColumn(
                    settings.getString(NAME),
                    settings.getDouble(MEAN),
                    settings.getDouble(DEVIATION)))
        .toList();
  }
}
