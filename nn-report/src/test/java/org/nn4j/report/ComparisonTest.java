package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.nn4j.train.History;

class ComparisonTest {
  @Test
  void runsOfDifferentLengthShareCharts() {
    Map<String, History> runs = new LinkedHashMap<>();
    runs.put("long", Runs.history(3));
    runs.put("short", Runs.history(2));
    runs.put("none", Runs.history(0));
    Report report = Report.comparison("runs", runs);
    Document page = Runs.parsed(report);
    assertThat(Runs.chart(page, "validation loss").select("tbody tr").eachText())
        .containsExactly("1 2 2 NaN", "2 1 1 NaN", "3 0.66667 NaN NaN");
    assertThat(page.select("table").get(0).select("thead th").eachText())
        .containsExactly(
            "run",
            "epochs",
            "ending",
            "loss",
            "learning rate",
            "seconds",
            "samples per second",
            "validation loss",
            "validation accuracy");
    assertThat(Runs.row(page, "Figures of the last epoch", "short"))
        .containsExactly("2", "completed: 2 epochs", "0.5", "0.01", "0.5", "200", "1", "0.5");
    assertThat(report.charts()).extracting(Chart::title).startsWith("loss", "learning rate");
  }

  @Test
  void moreRunsThanColorsAreInTheTable() {
    Map<String, History> runs = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      runs.put("run " + i, Runs.history(2));
    }
    Document page = Runs.parsed(Report.comparison("runs", runs));
    assertThat(page.select("table").get(0).select("tbody tr")).hasSize(20);
    assertThat(Runs.chart(page, "loss").select("thead th")).hasSize(9);
    assertThat(page.select(".note").text()).isEqualTo("The charts show the first 8 runs.");
  }

  @Test
  void oneRunIsRefused() {
    assertThatThrownBy(() -> Report.comparison("runs", Map.of("one", Runs.history(1))))
        .hasMessage(
            "Report.comparison: expected two runs or more, found 1; pass the history of each run by"
                + " its name");
  }
}
