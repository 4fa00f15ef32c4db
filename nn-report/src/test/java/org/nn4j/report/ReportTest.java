package org.nn4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.data.Dataset;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.explain.FeatureImportance;
import org.nn4j.metric.ConfusionMatrix;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Evaluator;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.train.History;

class ReportTest {
  private static final int MEGABYTE = 1_000_000;
  private static final ReportOptions TITLE = ReportOptions.titled("run");

  private static Network network(int inputs, int classes) {
    return Network.builder(inputs).dense(8, relu()).dense(classes, softmax()).seed(1).build();
  }

  private static void assertSmall(Report report) {
    assertThat(report.html().getBytes(UTF_8).length).isLessThan(MEGABYTE);
  }

  @Test
  void lossAndLearningRateAreOnTwoAxes() {
    Document page = Runs.parsed(Report.of(network(4, 3), Runs.history(3), TITLE));
    Element loss = Runs.chart(page, "Loss");
    assertThat(loss.select("thead th").eachText())
        .containsExactly("epoch", "training loss", "validation loss", "learning rate");
    assertThat(loss.select("thead th[data-right]").eachText()).containsExactly("learning rate");
    assertThat(loss.select("table").attr("data-y")).isEqualTo("loss");
    assertThat(loss.select("table").attr("data-right")).isEqualTo("learning rate");
    assertThat(loss.select("tbody tr").eachText())
        .containsExactly("1 1 2 0.01", "2 0.5 1 0.01", "3 0.33333 0.66667 0.01");
    assertThat(Runs.chart(page, "accuracy").select("tbody tr").eachText())
        .containsExactly("1 0", "2 0.5", "3 0.66667");
    assertThat(Runs.chart(page, "Time").select("tbody tr").eachText().get(0))
        .isEqualTo("1 0.5 200");
    assertThat(Runs.row(page, "Figures", "training time")).containsExactly("1.5 s");
    assertThat(page.select(".state").text()).isEqualTo("Training has ended: completed: 3 epochs.");
  }

  @Test
  void eachChartHasFocusANameAndATable() {
    Document page =
        Runs.parsed(
            Report.of(network(4, 3), Runs.history(3), TITLE.evaluatedOn(Runs.classes(30, 4, 3))));
    assertThat(page.select("figure.chart")).hasSizeGreaterThan(4);
    for (Element figure : page.select("figure.chart")) {
      assertThat(figure.select(".plot[tabindex=0][role=img]").attr("aria-label"))
          .startsWith(figure.select("figcaption").text() + ": ");
      assertThat(figure.select("details table tbody td")).isNotEmpty();
      assertThat(figure.select("table").attr("data-y")).isNotEmpty();
    }
    assertThat(page.select("nav a").eachAttr("href"))
        .containsExactlyElementsOf(
            page.select("section").eachAttr("id").stream().map(id -> "#" + id).toList());
  }

  @Test
  void thePageLoadsNothing() {
    Document page =
        Runs.parsed(
            Report.of(
                network(16, 3),
                Runs.history(3),
                TITLE.evaluatedOn(Runs.classes(30, 16, 3)).pictures(4, 4)));
    assertThat(page.select("[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'; img-src data:;");
    assertThat(page.select("script[src], link, iframe, object, [srcset], a:not([href^=#])"))
        .isEmpty();
    assertThat(page.select("img").eachAttr("src"))
        .isNotEmpty()
        .allMatch(source -> source.startsWith("data:image/png;base64,"));
  }

  @Test
  void classesHaveTheFiguresOfTheConfusionMatrix() {
    Network network = network(4, 3);
    network.setInfo(ModelInfo.none().withClassLabels("ash", "birch", "cedar"));
    Dataset data = Runs.classes(90, 4, 3);
    ConfusionMatrix expected = Metrics.confusionMatrix(3);
    Evaluator.of(network).metrics(expected).evaluate(data);
    Document page = Runs.parsed(Report.of(network, Runs.history(2), TITLE.evaluatedOn(data)));
    assertThat(Runs.row(page, "Confusion matrix", "birch"))
        .containsExactlyElementsOf(
            IntStream.range(0, 3).mapToObj(p -> Long.toString(expected.count(1, p))).toList());
    assertThat(Runs.row(page, "Scores by class", "birch"))
        .containsExactly(
            Numbers.percent(expected.precision(1)).replace('\u00a0', ' '),
            Numbers.percent(expected.recall(1)).replace('\u00a0', ' '),
            Numbers.percent(expected.f1(1)).replace('\u00a0', ' '),
            "30");
    assertThat(page.select("#classes .note").text()).startsWith("Evaluated on 90 samples.");
    assertThat(Runs.chart(page, "ROC curves").select("thead th").eachText())
        .hasSize(5)
        .endsWith("chance");
    assertThat(Runs.chart(page, "Calibration").select("tbody tr")).isNotEmpty();
  }

  @Test
  void aClassWithoutSamplesHasNoCurve() {
    Dataset data = Dataset.ofLabels(new double[][] {{0, 1}, {1, 0}}, new int[] {0, 1}, 3);
    Document page = Runs.parsed(Report.of(network(2, 3), Runs.history(1), TITLE.evaluatedOn(data)));
    assertThat(Runs.chart(page, "ROC curves").select("thead th").eachText())
        .extracting(name -> name.replaceFirst(" \\(.*", ""))
        .containsExactly("false positive rate", "0", "1", "chance");
  }

  @Test
  void severalSigmoidsHaveNoCalibration() {
    Network network = Network.builder(4).dense(3, sigmoid()).seed(1).build();
    Document page =
        Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(Runs.classes(30, 4, 3))));
    assertThat(page.select("#probabilities figcaption").eachText()).containsExactly("ROC curves");
  }

  @Test
  void mistakesOfTablesAreRowsTheWorstFirst() {
    Network network = network(4, 3);
    Dataset data = Runs.classes(90, 4, 3);
    Document page = Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(data)));
    List<String> probabilities =
        page.select("#mistakes tbody tr").stream()
            .map(row -> row.select("td").get(2).text())
            .toList();
    assertThat(probabilities).hasSize(24);
    assertThat(
            probabilities.stream().map(p -> Double.valueOf(p.replaceFirst("\\s.*", ""))).toList())
        .isSorted();
    assertThat(page.select("#mistakes thead th").eachText())
        .containsExactly(
            "sample",
            "true class",
            "predicted class",
            "p(true)",
            "p(predicted)",
            "input 0",
            "input 1",
            "input 2",
            "input 3");
  }

  @Test
  void mistakesOfFeaturesAreTheirRawValues() {
    OptionalDouble fill = OptionalDouble.of(1);
    Features features =
        Features.of(
            List.of(
                new NumberFeature("age", new NumberFeature.Bounds(0, 99), 40, 10, fill, true),
                new CategoryFeature("plan", List.of("basic", "family"), UnknownCategory.ZEROS),
                new BooleanFeature("online", fill, false)));
    Network network = Network.builder(features.inputs().size()).dense(1).seed(1).build();
    network.setInfo(
        ModelInfo.none()
            .withFeatures(features)
            .withTargets(List.of(TargetColumn.unscaled("spend"))));
    double[][] x = {
      features.encode(Arrays.asList(33, "family", true)),
      features.encode(Arrays.asList(null, "other", false))
    };
    Dataset data = Dataset.of(x, new double[][] {{2000}, {1000}});
    Document page = Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(data)));
    assertThat(page.select("#mistakes thead th").eachText())
        .containsExactly("sample", "target", "prediction", "age", "plan", "online");
    assertThat(page.select("#mistakes caption").text()).isEqualTo("Raw values");
    List<List<String>> rows =
        page.select("#mistakes tbody tr").stream()
            .map(row -> row.select("td").eachText().subList(2, 5))
            .toList();
    assertThat(rows)
        .containsExactly(List.of("33", "family", "true"), List.of("missing", "unknown", "false"));
  }

  @Test
  void mistakesAndFirstLayerOfPicturesArePictures() {
    Dataset data = Runs.classes(30, 12, 3);
    Document page =
        Runs.parsed(
            Report.of(network(12, 3), Runs.history(1), TITLE.evaluatedOn(data).pictures(3, 4)));
    assertThat(page.select("#mistakes img")).isNotEmpty();
    assertThat(page.select("#mistakes img").eachAttr("width").get(0)).isEqualTo("84");
    assertThat(page.select("#mistakes img").eachAttr("height").get(0)).isEqualTo("63");
    assertThat(page.select("#weights h3").text()).isEqualTo("8 of 8 units of the first layer");
    assertThat(page.select("#weights img")).hasSize(1);
  }

  @Test
  void picturesHaveTheAttributionsOfThePredictedClass() {
    Dataset data = Runs.classes(30, 12, 3);
    Document page =
        Runs.parsed(
            Report.of(network(12, 3), Runs.history(1), TITLE.evaluatedOn(data).pictures(3, 4)));
    assertThat(page.select("#mistakes figure"))
        .allMatch(
            figure ->
                figure
                    .select("img")
                    .eachAttr("alt")
                    .containsAll(List.of("Saliency", "Integrated gradients")));
    for (String kind : List.of("Saliency", "Integrated gradients")) {
      assertThat(page.select("#mistakes img[alt=" + kind + "]").eachAttr("src"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void featuresAreOrderedByImportance() {
    List<FeatureImportance> importances =
        List.of(
            new FeatureImportance("age", List.of(0.1, 0.3)),
            new FeatureImportance("<plan>", List.of(0.4)),
            new FeatureImportance("noise", List.of(-0.1)));
    Document page =
        Runs.parsed(Report.of(network(3, 2), Runs.history(1), TITLE.importances(importances)));
    assertThat(page.select("#importance tbody tr").eachText())
        .containsExactly("<plan> 0.4 0", "age 0.2 0.1", "noise -0.1 0");
    assertThat(page.select("#importance td[style]").eachAttr("style"))
        .containsExactly("--shade:100%", "--shade:50%", "--shade:0%");
  }

  @Test
  void residualsAreInTheUnitOfTheTarget() {
    Network network = Network.builder(2).dense(1).seed(1).build();
    network.setInfo(ModelInfo.none().withTargets(List.of(new TargetColumn("price", 100, 10))));
    Dataset data = Dataset.of(new double[][] {{0, 0}, {0, 0}}, new double[][] {{1}, {-3}});
    Document page = Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(data)));
    assertThat(Runs.chart(page, "Residuals of price").select("tbody tr").eachText())
        .containsExactly("100 10 0", "100 -30 0");
    assertThat(page.select("#mistakes tbody tr").eachText())
        .containsExactly("1 70 100 0 0", "0 110 100 0 0");
    assertThat(page.select("#classes, #probabilities")).isEmpty();
  }

  /** Logits of any size: the last activation decides, as in a classifier. */
  @Test
  void logitsBetweenZeroAndOneAreLogits() {
    Network network = Network.builder(1).dense(1).seed(1).build();
    network.parameters().get(0).value().assign(0.1);
    network.parameters().get(1).value().assign(0.2);
    Dataset data = Dataset.of(new double[][] {{0}, {1}, {2}}, new double[][] {{1}, {1}, {1}});
    Document page = Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(data)));
    assertThat(page.select("#classes .note").text())
        .isEqualTo(
            "Evaluated on 3 samples. Probabilities: sigmoid of the outputs. Accuracy 100.0 %.");
  }

  @Test
  void logitsOfOneOutputBecomeProbabilities() {
    Network network = Network.builder(1).dense(1).seed(1).build();
    network.parameters().get(0).value().assign(10);
    Dataset data = Dataset.of(new double[][] {{1}, {-1}}, new double[][] {{1}, {0}});
    Document page = Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(data)));
    assertThat(page.select("#classes .note").text())
        .isEqualTo(
            "Evaluated on 2 samples. Probabilities: sigmoid of the outputs. Accuracy 100.0 %.");
    assertThat(Runs.row(page, "Confusion matrix", "1")).containsExactly("0", "1");
    assertThat(page.select("#mistakes")).isEmpty();
  }

  @Test
  void severalLabelsForEachSampleHaveScores() {
    Network network = Network.builder(2).dense(2, sigmoid()).seed(1).build();
    Dataset data =
        Dataset.of(
            new double[][] {{1, 2}, {2, 1}, {0, 1}}, new double[][] {{1, 1}, {0, 0}, {1, 0}});
    Document page = Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(data)));
    assertThat(page.select("#classes h2").text()).isEqualTo("Labels");
    assertThat(Runs.row(page, "Scores", "1")).hasSize(4).endsWith("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000})
  void anyNumberOfEpochs(int epochs) {
    Report report = Report.of(network(4, 3), Runs.history(epochs), TITLE);
    Document page = Runs.parsed(report);
    assertThat(page.select("#curves figure")).hasSize(epochs == 0 ? 0 : 3);
    if (epochs == 1000) {
      Element loss = Runs.chart(page, "Loss");
      assertThat(loss.select("tbody tr")).hasSize(200);
      assertThat(loss.select("tbody tr").eachText().get(0)).startsWith("1 ");
      assertThat(loss.select("tbody tr").eachText().get(199)).startsWith("1000 ");
      assertThat(loss.select("summary").text()).isEqualTo("Table (200 of 1000 rows)");
      assertThat(report.chart("Loss").x()).hasSize(1000);
    }
    assertSmall(report);
  }

  @Test
  void lossesThatAreNotFiniteAreStated() {
    History history =
        new History(
            List.of(
                Runs.epoch(1, 1),
                Runs.epoch(2, Double.NaN),
                Runs.epoch(3, Double.POSITIVE_INFINITY)),
            Runs.history(0).stopReason());
    Document page = Runs.parsed(Report.of(network(4, 3), history, TITLE));
    assertThat(Runs.chart(page, "Loss").select("tbody tr").eachText())
        .containsExactly("1 1 2 0.01", "2 NaN NaN 0.01", "3 Infinity Infinity 0.01");
  }

  @Test
  void aThousandClassesAndLargePicturesStaySmall() {
    String[] labels =
        IntStream.range(0, 1000)
            .mapToObj(i -> "a long name of a class ".repeat(20) + i)
            .toArray(String[]::new);
    Network network = Network.builder(3, 64, 64).flatten().dense(1000, softmax()).seed(1).build();
    network.setInfo(ModelInfo.none().withClassLabels(labels).withNote("n", "x".repeat(100_000)));
    Dataset flat = Runs.classes(300, 3 * 64 * 64, 1000);
    Dataset data = flat.mapInputs(x -> x.reshape(x.size(0), 3, 64, 64));
    Report report = Report.of(network, Runs.history(1000), TITLE.evaluatedOn(data));
    Document page = Runs.parsed(report);
    assertThat(page.select("#mistakes figure")).hasSize(24);
    assertThat(page.select("#classes caption").eachText())
        .containsExactly(
            "Most frequent confusions", "Scores by class (the 200 with the lowest F1)");
    assertSmall(report);
  }

  @Test
  void nanPredictionsAreMistakesWithoutAClass() {
    Network network = network(4, 3);
    network.parameters().setValues(network.parameters().values().dup().assign(Double.NaN));
    Document page =
        Runs.parsed(Report.of(network, Runs.history(1), TITLE.evaluatedOn(Runs.classes(30, 4, 3))));
    assertThat(page.select("#mistakes tbody tr").eachText().get(0)).startsWith("0 0 none NaN NaN");
  }

  @Test
  void optionsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Report.of(network(12, 3), Runs.history(1), TITLE.pictures(5, 5)))
        .hasMessage(
            "ReportOptions, pictures: expected pictures of as many pixels as the input has"
                + " elements, 12, or a third, found [5, 5]; pass the height and the width of the"
                + " input's pictures");
    assertThatThrownBy(() -> Report.of(network(4, 3), Runs.history(1), TITLE).chart("loss"))
        .hasMessage(
            "Report: expected one of the charts [Loss, accuracy, Time], found 'loss';"
                + " correct the argument");
  }

  @Test
  void layersAreAtMostEight() {
    var builder = Network.builder(2);
    IntStream.range(0, 20).forEach(i -> builder.dense(2, relu()));
    Network network = builder.seed(1).build();
    LayerFigures figures = LayerFigures.of(1, network, Optional.empty());
    assertThat(LayerSection.charts(List.of(figures)).get(0).series())
        .extracting(Chart.Series::name)
        .hasSize(8)
        .startsWith("layers.0 Dense(2 -> 2, relu)")
        .endsWith("layers.19 Dense(2 -> 2, relu)");
    assertThat(LayerSection.note(List.of(figures))).endsWith("from first to last.");
  }
}
