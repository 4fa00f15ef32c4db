package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.softmax;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.data.Dataset;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.model.Evaluation;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.train.EpochResult;
import org.nn4j.train.History;
import org.nn4j.train.StopReason;

/** Texts from outside appear on the page as they are, wherever they come from. */
class EscapingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "</style><!--",
        "<img src=x onerror=alert(1)>",
        "\" autofocus onfocus=\"alert(1)",
        "' onclick='alert(1)",
        "&lt;b&gt; &amp; &",
        "{{title}} {{{script}}}",
        "`${alert(1)}` = \\",
        "שלום 123 العربية",
        "rtl \u202e override",
        "日本語 🎉"
      })
  void everywhere(String text) {
    Document page = Jsoup.parse(report(text).html());
    assertThat(page.title()).isEqualTo(text);
    assertThat(page.select("h1").text()).isEqualTo(text);
    assertThat(Runs.row(page, "Settings", text)).containsExactly(text);
    assertThat(page.select(".state").text()).contains("failed: " + text);
    assertThat(page.select("#classes thead th").eachText()).contains(text);
    assertThat(page.select("#mistakes thead th").eachText()).contains(text);
    assertThat(page.select("#mistakes tbody td").eachText()).contains(text);
    Element chart = Runs.chart(page, text);
    assertThat(chart.select(".plot").attr("aria-label")).startsWith(text + ": " + text);
    assertThat(chart.select("table").attr("data-y")).isEqualTo(text);
    assertThat(Runs.chart(page, "ROC curve").select("thead th").eachText())
        .anyMatch(name -> name.startsWith(text));
    assertThat(page.select("script")).hasSize(2);
    assertThat(page.select("style")).hasSize(1);
    assertThat(page.getAllElements())
        .allMatch(
            element ->
                element.attributes().asList().stream().noneMatch(a -> a.getKey().startsWith("on")));
  }

  @Test
  void textWithoutAMeaningInHtmlIsReplaced() {
    Document page = Jsoup.parse(report("a\u0000b\u0007c\ud800d\ue000e").html());
    assertThat(page.title()).isEqualTo("a\ufffdb\ufffdc\ufffdd\ue000e");
  }

  @Test
  void newlinesStay() {
    Document page = Jsoup.parse(report("first\nsecond").html());
    assertThat(
            page.select("#run tbody td").get(page.select("#run tbody td").size() - 1).wholeText())
        .isEqualTo("first\nsecond");
  }

  @Test
  void namesOfRuns() {
    Map<String, History> runs = new LinkedHashMap<>();
    runs.put("</table><b>1", Runs.history(2));
    runs.put("2", Runs.history(3));
    Document page = Jsoup.parse(Report.comparison("c", runs).html());
    assertThat(page.select("table tbody th").eachText()).containsExactly("</table><b>1", "2");
    assertThat(page.select("b")).isEmpty();
  }

  private static Feature number(String name) {
    return new NumberFeature(
        name, new NumberFeature.Bounds(0, 1), 0, 1, OptionalDouble.empty(), false);
  }

  private static Report report(String text) {
    Network network = Network.builder(2).dense(2, softmax()).seed(1).build();
    network.setInfo(
        ModelInfo.none()
            .withClassLabels("other", text)
            .withFeatures(Features.of(List.of(number(text), number("second"))))
            .withNote("note", text));
    EpochResult epoch =
        new EpochResult(
            1, 1, 1, 1, 1, 1, new Evaluation(Map.of()), new Evaluation(Map.of(text, 0.5)));
    History history = new History(List.of(epoch), new StopReason(StopReason.Kind.FAILED, text));
    Dataset data =
        Dataset.ofLabels(
            new double[][] {{0, 1}, {1, 0}, {0, 1}, {1, 0}}, new int[] {0, 1, 1, 0}, 2);
    return Report.of(
        network, history, ReportOptions.titled(text).evaluatedOn(data).note(text, text));
  }
}
