package org.nn4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.io.FileAccess;
import org.nn4j.model.Network;
import org.nn4j.report.Page.Figure;
import org.nn4j.report.Page.Section;
import org.nn4j.train.History;
import org.nn4j.tuning.TrialResult;

/**
 * Report of a training run, or comparison of several, as one HTML file. The file needs no network
 * and no other file, and is smaller than 1 MB: long tables, large pictures and long strings are
 * shortened, and the page states it. Immutable and thread-safe.
 *
 * <pre>{@code
 * History history = trainer.fit(train);
 * Report.of(network, history, ReportOptions.titled("Digits").evaluatedOn(test))
 *     .write(Path.of("report.html"));
 * }</pre>
 *
 * <p>{@link ReportListener} writes a report while training runs, with the settings of the trainer
 * and the statistics of each layer by epoch.
 */
public final class Report {
  private final Page page;
  private final List<Chart> charts;

  private Report(Page page, List<Chart> charts) {
    this.page = page;
    this.charts = charts;
  }

  /**
   * Returns a report of a run that has ended.
   *
   * @param network the network as trained
   * @param history the figures of the run
   * @param options title, data and notes
   * @return a report
   * @throws IllegalArgumentException if the options do not fit the network
   * @throws org.nn4j.ShapeMismatchException if the data does not fit the network
   * @throws IllegalStateException if the network is closed, or another thread trains it
   */
  public static Report of(Network network, History history, ReportOptions options) {
    Require.notNull(network, "Report.of", "network");
    Require.notNull(history, "Report.of", "history");
    Require.notNull(options, "Report.of", "options");
    return of(
        new RunRecord(
            network, history.epochs(), Optional.of(history.stopReason()), Map.of(), List.of()),
        options);
  }

  static Report of(RunRecord run, ReportOptions options) {
    Network network = run.network();
    Optional<Shape> form = options.pictureForm(network.inputShape());
    List<Chart> charts = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    sections.add(RunSection.of(run, options.notes()));
    sections.add(section("curves", "Curves", "", CurveSection.charts(run.epochs()), charts));
    sections.add(NetworkSection.of(network));
    sections.add(
        section(
            "layers",
            "Layers",
            LayerSection.note(run.layers()),
            LayerSection.charts(run.layers()),
            charts));
    options
        .data()
        .map(data -> EvaluatedData.of(network, data))
        .ifPresent(evaluated -> sections.addAll(predictions(evaluated, network, form, charts)));
    sections.add(ImportanceSection.of(options.importances()));
    form.ifPresent(shape -> sections.add(WeightSection.of(network, shape)));
    return report(options.title(), RunSection.state(run), run.ending().isEmpty(), sections, charts);
  }

  private static List<Section> predictions(
      EvaluatedData evaluated, Network network, Optional<Shape> form, List<Chart> charts) {
    List<Section> sections = new ArrayList<>();
    List<Chart> own = new ArrayList<>();
    if (evaluated.kind() == EvaluatedData.Kind.VALUES) {
      own.addAll(ResidualSection.charts(evaluated, network.info()));
      sections.add(section("residuals", "Residuals", evaluated.note(), own, charts));
    } else {
      List<String> labels = evaluated.labels(network.info());
      sections.add(ClassSection.of(evaluated, labels));
      own.addAll(RankingSection.charts(evaluated, labels));
      if (evaluated.kind() == EvaluatedData.Kind.CLASSES && evaluated.areDistributions()) {
        own.add(CalibrationSection.chart(evaluated));
      }
      sections.add(section("probabilities", "Probabilities", "", own, charts));
    }
    sections.add(MistakeSection.of(evaluated, network, form));
    return sections;
  }

  private static Section section(
      String id, String title, String note, List<Chart> charts, List<Chart> all) {
    all.addAll(charts);
    return Section.ofCharts(id, title, note, charts);
  }

  private static Report report(
      String title, String state, boolean isRunning, List<Section> sections, List<Chart> charts) {
    List<Section> full = sections.stream().filter(section -> !section.isEmpty()).toList();
    return new Report(
        new Page(Numbers.cut(title, 200), state, isRunning, full), List.copyOf(charts));
  }

  /**
   * Returns a comparison of runs: a table of their last epochs, and a chart of each figure.
   *
   * @param title the heading of the page
   * @param runs the figures of each run by its name, in the order of the page
   * @return a report
   * @throws IllegalArgumentException if there are fewer than two runs
   */
  public static Report comparison(String title, Map<String, History> runs) {
    Require.notNull(title, "Report.comparison", "title");
    Require.notNull(runs, "Report.comparison", "runs");
    Require.that(
        runs.size() > 1,
        "Report.comparison",
        "two runs or more",
        runs.size(),
        "pass the history of each run by its name");
    Map<String, History> copy = new LinkedHashMap<>(runs);
    List<Chart> charts = ComparisonSection.charts(copy);
    Section section =
        new Section(
            "runs",
            "Runs",
            ComparisonSection.note(copy.size()),
            charts.stream().map(Figure::of).toList(),
            List.of(ComparisonSection.table(copy)),
            List.of());
    return report(title, "", false, List.of(section), charts);
  }

  /**
   * Returns a table of the trials of a search.
   *
   * @param title the heading of the page
   * @param trials the results, in the order of the page: {@code result.trials()}
   * @return a report
   */
  public static Report search(String title, List<TrialResult> trials) {
    Require.notNull(title, "Report.search", "title");
    Require.notNull(trials, "Report.search", "trials");
    return report(title, "", false, List.of(SearchSection.of(trials)), List.of());
  }

  /**
   * Returns the charts of the report.
   *
   * @return the charts, in the order of the page
   */
  public List<Chart> charts() {
    return charts;
  }

  /**
   * Returns a chart.
   *
   * @param title its title, such as {@code "Loss"}
   * @return the first chart of this title
   * @throws IllegalArgumentException if there is none
   */
  public Chart chart(String title) {
    Require.notNull(title, "Report.chart", "title");
    List<String> titles = charts.stream().map(Chart::title).toList();
    Require.that(
        titles.contains(title), "Report", "one of the charts " + titles, "'" + title + "'");
    return charts.get(titles.indexOf(title));
  }

  /**
   * Returns the page.
   *
   * @return HTML
   */
  public String html() {
    return PageTemplate.html(page);
  }

  /**
   * Writes the page. The file is written atomically.
   *
   * @param file the file; an existing one is replaced
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public void write(Path file) throws IOException {
    Require.notNull(file, "Report.write", "file");
    FileAccess.write(file, html().getBytes(UTF_8));
  }
}
