package org.nn4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nn4j.Require;
import org.nn4j.io.FileAccess;
import org.nn4j.report.Chart.Series;
import org.nn4j.report.Chart.Style;

/** PNG files of single charts, drawn by XChart. */
final class ChartFile {
  static final int WIDTH = 800;
  static final int HEIGHT = 480;
  private static final int MAX_NAME_LENGTH = 60;
  private static final int SCALE = 2;
  private static final int RIGHT = 1;
  private static final BasicStroke SOLID = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

  /** The colors of the page in light mode, in the same order. */
  static final List<Color> COLORS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0x9900ff),
          new Color(0x663311),
          new Color(0x000000),
          new Color(0x331199),
          new Color(0x554455));

  private ChartFile() {}

  static void writePng(Chart chart, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(SCALE * WIDTH, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    drawing(chart).paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    FileAccess.write(file, png(image));
  }

  /** Returns a PNG file in memory. */
  static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    return bytes.toByteArray();
  }

  static XYChart drawing(Chart chart) {
    Require.that(
        !chart.x().isEmpty() && !chart.series().isEmpty(),
        "Chart '" + chart.title() + "'",
        "at least one point to draw",
        "none",
        "add values");
    XYChart drawing =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(chart.title())
            .xAxisTitle(chart.xLabel())
            .yAxisTitle(chart.yLabel())
            .build();
    style(drawing.getStyler());
    for (int i = 0; i < chart.series().size(); i++) {
      add(chart, i, drawing);
    }
    drawing.setYAxisGroupTitle(RIGHT, chart.rightLabel());
    return drawing;
  }

  private static void style(XYStyler styler) {
    styler.setLocale(Locale.ROOT);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    styler.setBaseFont(font);
    styler.setAxisTitleFont(font);
    styler.setAxisTickLabelsFont(font);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setPlotGridLinesColor(new Color(0xd0d7de));
    styler.setYAxisGroupPosition(RIGHT, Styler.YAxisPosition.Right);
    styler.setXAxisTickLabelsFormattingFunction(Numbers::text);
    styler.setYAxisTickLabelsFormattingFunction(Numbers::text);
    styler.setMarkerSize(5);
  }

  /** The time of XChart grows with the square of the length of a name. */
  private static String shown(Series series) {
    return Numbers.cut(series.name(), MAX_NAME_LENGTH);
  }

  private static void add(Chart chart, int index, XYChart drawing) {
    Series series = chart.series().get(index);
    boolean isEmpty = series.values().stream().noneMatch(Double::isFinite);
    if (isEmpty) {
      return;
    }
    // XChart requires names that differ and are not empty.
    List<String> names = chart.series().stream().map(ChartFile::shown).toList();
    String name = names.get(index).isBlank() ? " " : names.get(index);
    int same = Collections.frequency(names, names.get(index));
    List<Double> values =
        series.values().stream().map(v -> Double.isFinite(v) ? v : Double.NaN).toList();
    XYSeries drawn =
        drawing.addSeries(same > 1 ? name + " ".repeat(index) : name, chart.x(), values);
    boolean isPoints = series.style() == Style.POINTS;
    drawn.setLineColor(COLORS.get(index % COLORS.size()));
    drawn.setMarkerColor(COLORS.get(index % COLORS.size()));
    drawn.setMarker(isPoints ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    drawn.setXYSeriesRenderStyle(
        isPoints ? XYSeries.XYSeriesRenderStyle.Scatter : XYSeries.XYSeriesRenderStyle.Line);
    drawn.setLineStyle(series.style() == Style.DASHED ? DASHED : SOLID);
    drawn.setYAxisGroup(series.isRight() ? RIGHT : 0);
  }
}
