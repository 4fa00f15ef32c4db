package org.nn4j.report;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nn4j.report.Chart.Series;

/**
 * Content of a page, for its templates.
 *
 * @param title the heading
 * @param state one sentence on the state of the run; empty if there is none
 * @param isRunning whether the page will be replaced by a later version
 * @param sections the sections with content
 */
record Page(String title, String state, boolean isRunning, List<Section> sections) {
  /**
   * Section of a page.
   *
   * @param id its anchor
   * @param title its heading
   * @param note a paragraph below the heading; empty if there is none
   */
  record Section(
      String id,
      String title,
      String note,
      List<Figure> figures,
      List<Table> tables,
      List<Gallery> galleries) {
    boolean isEmpty() {
      return figures.isEmpty() && tables.isEmpty() && galleries.isEmpty();
    }

    static Section ofCharts(String id, String title, String note, List<Chart> charts) {
      return new Section(
          id, title, note, charts.stream().map(Figure::of).toList(), List.of(), List.of());
    }

    static Section ofTables(String id, String title, String note, Table... tables) {
      return new Section(id, title, note, List.of(), List.of(tables), List.of());
    }

    static Section none() {
      return ofTables("", "", "");
    }
  }

  /**
   * Chart with its data as a table.
   *
   * @param rows x and the value of each series
   * @param count the number of rows shown and of all, where these differ; else empty
   */
  record Figure(Chart chart, List<List<String>> rows, String count) {
    private static final int MAX_ROWS = 200;

    static Figure of(Chart chart) {
      int size = chart.x().size();
      int[] kept = Numbers.spread(size, MAX_ROWS);
      List<List<String>> rows =
          IntStream.of(kept)
              .mapToObj(
                  i ->
                      Stream.concat(
                              Stream.of(chart.x()), chart.series().stream().map(Series::values))
                          .map(column -> Numbers.text(column.get(i)))
                          .toList())
              .toList();
      return new Figure(chart, rows, kept.length < size ? kept.length + " of " + size : "");
    }
  }

  /**
   * Table whose first column names the rows.
   *
   * @param style a class of the style sheet: "plain", "matrix" or "bars"
   */
  record Table(String caption, String style, List<String> headers, List<Row> rows) {}

  record Row(String name, List<Cell> cells) {
    static Row of(String name, List<String> texts) {
      return new Row(name, texts.stream().map(Cell::of).toList());
    }
  }

  /**
   * Cell of a table.
   *
   * @param shade its background or the length of its bar, from 0 to 100; empty if there is none
   */
  record Cell(String text, String shade) {
    static Cell of(String text) {
      return new Cell(text, "");
    }

    static Cell shaded(String text, double share) {
      return new Cell(text, Integer.toString((int) Math.round(100 * Math.max(0, share))));
    }
  }

  /** Pictures with captions. */
  record Gallery(String caption, List<Picture> pictures) {}

  /**
   * Picture.
   *
   * @param images the picture, and those beside it
   * @param caption the text below them
   */
  record Picture(List<Image> images, int width, int height, String caption) {}

  /**
   * Image.
   *
   * @param source a data URI
   * @param text the alternative text
   */
  record Image(String source, String text) {}
}
