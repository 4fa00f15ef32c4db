package org.nn4j.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nn4j.Require;

/**
 * Chart of one or more series over common x values. Immutable and thread-safe.
 *
 * @param title the title
 * @param xLabel the label of the x axis
 * @param yLabel the label of the left y axis
 * @param rightLabel the label of the right y axis; empty if there is none
 * @param x the x values, ascending
 * @param series the series
 */
public record Chart(
    String title,
    String xLabel,
    String yLabel,
    String rightLabel,
    List<Double> x,
    List<Series> series) {
  /** Form of a series. */
  public enum Style {
    /** Solid line. */
    LINE,
    /** Dashed line. */
    DASHED,
    /** Points without a line. */
    POINTS
  }

  /**
   * Named values of a chart.
   *
   * @param name the name in the legend
   * @param style the form
   * @param isRight whether the right y axis applies
   * @param values one for each x; a value that is not finite leaves a gap
   */
  public record Series(String name, Style style, boolean isRight, List<Double> values) {
    /**
     * Copies the values.
     *
     * @param name the name in the legend
     * @param style the form
     * @param isRight whether the right y axis applies
     * @param values one for each x
     */
    public Series {
      Require.notNull(name, "Chart.Series", "name");
      Require.notNull(style, "Chart.Series", "style");
      values = List.copyOf(Require.notNull(values, "Chart.Series", "values"));
    }
  }

  /**
   * Copies the lists.
   *
   * @param title the title
   * @param xLabel the label of the x axis
   * @param yLabel the label of the left y axis
   * @param rightLabel the label of the right y axis
   * @param x the x values, ascending
   * @param series the series
   * @throws IllegalArgumentException if a series has more or fewer values than there are x values,
   *     or the x values are not finite and ascending
   */
  public Chart {
    Require.notNull(title, "Chart", "title");
    Require.notNull(xLabel, "Chart", "xLabel");
    Require.notNull(yLabel, "Chart", "yLabel");
    Require.notNull(rightLabel, "Chart", "rightLabel");
    x = List.copyOf(Require.notNull(x, "Chart", "x"));
    series = List.copyOf(Require.notNull(series, "Chart", "series"));
    for (int i = 0; i < x.size(); i++) {
      boolean isAscending = i == 0 || x.get(i) >= x.get(i - 1);
      Require.that(
          isAscending && Double.isFinite(x.get(i)),
          "Chart '" + title + "'",
          "finite x values in ascending order",
          x.get(i) + " at index " + i,
          "sort the x values and their series");
    }
    for (Series each : series) {
      Require.that(
          each.values().size() == x.size(),
          "Chart '" + title + "'",
          x.size() + " values in series '" + each.name() + "', one for each x",
          each.values().size(),
          "pass NaN where a value is missing");
    }
  }

  /**
   * Writes the chart as an SVG file, text as outlines. The file is written atomically.
   *
   * @param file the file; an existing one is replaced
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public void writeSvg(Path file) throws IOException {
    Require.notNull(file, "Chart.writeSvg", "file");
    try {
      SvgFile.write(this, file);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          Require.message(
              "Chart.writeSvg",
              "VectorGraphics2D on the class path",
              "none",
              "add the dependency de.erichseifert.vectorgraphics2d:VectorGraphics2D:0.13, or write a"
                  + " PNG file"),
          e);
    }
  }

  /**
   * Writes the chart as a PNG file of 1600 x 960 pixels. The file is written atomically.
   *
   * @param file the file; an existing one is replaced
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public void writePng(Path file) throws IOException {
    Require.notNull(file, "Chart.writePng", "file");
    ChartFile.writePng(this, file);
  }
}
