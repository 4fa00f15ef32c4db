package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.report.Chart.Style.DASHED;
import static org.nn4j.report.Chart.Style.LINE;
import static org.nn4j.report.Chart.Style.POINTS;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYSeries;
import org.nn4j.report.Chart.Series;

class ChartTest {
  private final Path folder;

  private static Chart chart(String title, Series... series) {
    return new Chart(title, "epoch", "loss", "rate", List.of(1.0, 2.0, 3.0), List.of(series));
  }

  private static final Chart LOSS =
      chart(
          "Loss",
          new Series("training", LINE, false, List.of(3.0, 2.0, 1.0)),
          new Series("gap", POINTS, false, List.of(1.0, Double.NaN, 1.5)),
          new Series("nothing", LINE, false, List.of(Double.NaN, Double.NaN, Double.NaN)),
          new Series("gap", DASHED, true, List.of(Double.POSITIVE_INFINITY, 0.1, 0.2)));

  ChartTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void pngHasTheColorsOfThePage() throws IOException {
    Path file = folder.resolve("loss.png");
    LOSS.writePng(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1600);
    assertThat(image.getHeight()).isEqualTo(960);
    assertThat(pixels(image, 0xff0072b2)).isGreaterThan(500);
    assertThat(pixels(image, 0xff9900ff)).isGreaterThan(100);
  }

  private static int pixels(BufferedImage image, int color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color ? 1 : 0;
      }
    }
    return count;
  }

  /** The time of XChart grows with the square of the length of a name. */
  @Test
  void longNamesOfSeriesAreCut() throws IOException {
    String prefix = "n".repeat(20_000);
    List<Double> values = List.of(1.0, 2.0, 1.0);
    Chart chart =
        chart(
            "Loss",
            new Series(prefix + "a", LINE, false, values),
            new Series(prefix + "b", LINE, false, values),
            new Series("\ud83d\ude00".repeat(61), LINE, false, values));
    List<String> names =
        ChartFile.drawing(chart).getSeriesCollection().stream().map(XYSeries::getName).toList();
    assertThat(names.get(0)).isEqualTo("n".repeat(60) + "…");
    assertThat(names.get(1)).isEqualTo("n".repeat(60) + "… ");
    assertThat(names.get(2)).isEqualTo("\ud83d\ude00".repeat(60) + "…");
    chart.writePng(folder.resolve("loss.png"));
    chart.writeSvg(folder.resolve("loss.svg"));
  }

  @Test
  void svgIsWellFormed() throws IOException {
    Path file = folder.resolve("loss.svg");
    chart("</svg>&<script>", new Series("<b>", LINE, false, List.of(1.0, 2.0, 1.0))).writeSvg(file);
    Document svg = Jsoup.parse(Files.readString(file), Parser.xmlParser());
    assertThat(svg.children().select("svg")).hasSize(1);
    assertThat(svg.select("script, b")).isEmpty();
    assertThat(svg.select("path")).isNotEmpty();
  }

  @Test
  void aChartWithoutPointsIsRefused() {
    Chart empty = new Chart("Loss", "epoch", "loss", "", List.of(), List.of());
    assertThatThrownBy(() -> empty.writePng(folder.resolve("loss.png")))
        .hasMessage("Chart 'Loss': expected at least one point to draw, found none; add values");
  }

  @Test
  void aFolderThatIsMissingIsAnError() {
    assertThatThrownBy(() -> LOSS.writePng(folder.resolve("none").resolve("loss.png")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void seriesOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> chart("Loss", new Series("a", LINE, false, List.of(1.0))))
        .hasMessage(
            "Chart 'Loss': expected 3 values in series 'a', one for each x, found 1; pass NaN where"
                + " a value is missing");
    assertThatThrownBy(() -> new Chart("Loss", "", "", "", List.of(2.0, 1.0), List.of()))
        .hasMessage(
            "Chart 'Loss': expected finite x values in ascending order, found 1.0 at index 1; sort"
                + " the x values and their series");
  }
}
