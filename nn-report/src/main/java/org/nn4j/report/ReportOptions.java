package org.nn4j.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.explain.FeatureImportance;

/**
 * Options of a report. Immutable: each method that changes an option returns new options. As
 * thread-safe as its data set.
 *
 * <pre>{@code
 * ReportOptions.titled("Digits").evaluatedOn(test).pictures(28, 28).note("data", "MNIST");
 * }</pre>
 */
public final class ReportOptions {
  private final String title;
  private final Optional<Dataset> data;
  private final Optional<Shape> pictures;
  private final List<FeatureImportance> importances;
  private final Map<String, String> notes;

  private ReportOptions(
      String title,
      Optional<Dataset> data,
      Optional<Shape> pictures,
      List<FeatureImportance> importances,
      Map<String, String> notes) {
    this.title = title;
    this.data = data;
    this.pictures = pictures;
    this.importances = importances;
    this.notes = Collections.unmodifiableMap(notes);
  }

  /**
   * Returns options with a title alone. The report then has no section that needs data.
   *
   * @param title the heading of the page
   * @return options
   */
  public static ReportOptions titled(String title) {
    Require.notNull(title, "ReportOptions.titled", "title");
    return new ReportOptions(
        title, Optional.empty(), Optional.empty(), List.of(), new LinkedHashMap<>());
  }

  /**
   * Sets the data for the sections on predictions, such as validation data. The network is
   * evaluated on its first 10,000 samples, on fewer if it has more than 200 outputs.
   *
   * @param samples the data, which the network was not trained on
   * @return new options
   */
  public ReportOptions evaluatedOn(Dataset samples) {
    Require.notNull(samples, "ReportOptions.evaluatedOn", "samples");
    return new ReportOptions(title, Optional.of(samples), pictures, importances, notes);
  }

  /**
   * Declares the inputs as pictures, row by row, with one value or three planes (red, green, blue)
   * for each pixel. Inputs of shape {@code [H, W]}, {@code [1, H, W]} and {@code [3, H, W]} are
   * pictures without this option.
   *
   * @param height the number of rows
   * @param width the number of columns
   * @return new options
   */
  public ReportOptions pictures(int height, int width) {
    Require.atLeastOne(height, "ReportOptions.pictures", "height");
    Require.atLeastOne(width, "ReportOptions.pictures", "width");
    return new ReportOptions(title, data, Optional.of(Shape.of(height, width)), importances, notes);
  }

  /**
   * Sets the importance of the features, such as that of {@link
   * org.nn4j.explain.PermutationImportance}.
   *
   * @param features one for each feature
   * @return new options
   */
  public ReportOptions importances(List<FeatureImportance> features) {
    List<FeatureImportance> copy =
        List.copyOf(Require.notNull(features, "ReportOptions.importances", "features"));
    return new ReportOptions(title, data, pictures, copy, notes);
  }

  /**
   * Adds a row to the table of settings.
   *
   * @param name the name; replaces a note of the same name
   * @param text the text
   * @return new options
   */
  public ReportOptions note(String name, String text) {
    Require.notNull(name, "ReportOptions.note", "name");
    Require.notNull(text, "ReportOptions.note", "text");
    Map<String, String> more = new LinkedHashMap<>(notes);
    more.put(name, text);
    return new ReportOptions(title, data, pictures, importances, more);
  }

  String title() {
    return title;
  }

  Optional<Dataset> data() {
    return data;
  }

  List<FeatureImportance> importances() {
    return importances;
  }

  Map<String, String> notes() {
    return notes;
  }

  /**
   * Returns the form of a picture {@code [planes, height, width]}; empty if inputs are no pictures.
   *
   * @throws IllegalArgumentException if the inputs have no such form
   */
  Optional<Shape> pictureForm(Shape input) {
    if (pictures.isPresent()) {
      long pixels = pictures.get().size();
      Require.that(
          input.size() == pixels || input.size() == 3 * pixels,
          "ReportOptions, pictures",
          "pictures of as many pixels as the input has elements, " + input.size() + ", or a third",
          pictures.get(),
          "pass the height and the width of the input's pictures");
      return Optional.of(form(input.size() / pixels, pictures.get(), 0));
    }
    if (input.rank() == 2 && input.dimension(0) > 1 && input.dimension(1) > 1) {
      return Optional.of(form(1, input, 0));
    }
    boolean hasPlanes = input.rank() == 3 && (input.dimension(0) == 1 || input.dimension(0) == 3);
    return hasPlanes ? Optional.of(form(input.dimension(0), input, 1)) : Optional.empty();
  }

  private static Shape form(long planes, Shape shape, int axis) {
    return Shape.of(planes, shape.dimension(axis), shape.dimension(axis + 1));
  }
}
