package org.nn4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.nn4j.data.Dataset;
import org.nn4j.model.Evaluation;
import org.nn4j.train.EpochResult;
import org.nn4j.train.History;
import org.nn4j.train.StopReason;

/** Histories, data, and pages for tests. */
public final class Runs {
  private Runs() {}

  /** Returns a run whose loss in epoch e is 1 / e. */
  static History history(int epochs) {
    List<EpochResult> all = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      all.add(epoch(e, 1.0 / e));
    }
    return new History(all, new StopReason(StopReason.Kind.COMPLETED, epochs + " epochs"));
  }

  static EpochResult epoch(int number, double loss) {
    Map<String, Double> validation = new LinkedHashMap<>();
    validation.put("loss", 2 * loss);
    validation.put("accuracy", 1 - loss);
    return new EpochResult(
        number, 10, loss, 0.01, 0.5, 200, new Evaluation(Map.of()), new Evaluation(validation));
  }

  /** Returns samples of random inputs with one-hot targets. */
  public static Dataset classes(int samples, int inputs, int classes) {
    Random random = new Random(1);
    double[][] x = new double[samples][inputs];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i % classes;
      for (int j = 0; j < inputs; j++) {
        x[i][j] = random.nextGaussian() + (j == labels[i] ? 2 : 0);
      }
    }
    return Dataset.ofLabels(x, labels, classes);
  }

  static Document parsed(Report report) {
    return Jsoup.parse(report.html());
  }

  /** Returns the cells of a row of the table with a caption. */
  static List<String> row(Document page, String caption, String name) {
    for (Element table : page.select("table")) {
      if (table.select("caption").text().startsWith(caption)) {
        for (Element row : table.select("tbody tr")) {
          if (row.select("th").text().equals(name)) {
            return row.select("td").eachText();
          }
        }
      }
    }
    return List.of();
  }

  /** Returns the chart of a title. */
  static Element chart(Document page, String title) {
    return page.select("figure.chart").stream()
        .filter(figure -> figure.select("figcaption").text().equals(title))
        .findFirst()
        .orElseThrow();
  }
}
