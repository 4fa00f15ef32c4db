///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.nn4j:nn-report:0.1.0-SNAPSHOT
//DEPS org.slf4j:slf4j-nop:2.0.20

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nn4j.data.Labels;
import org.nn4j.data.Split;
import org.nn4j.data.toy.ToySets;
import org.nn4j.model.Network;
import org.nn4j.report.Report;
import org.nn4j.report.ReportOptions;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;

/** Trains on three spirals, draws the curves, and predicts: {@code [FILE] [--open]}. */
public final class Spiral {
  private Spiral() {}

  /**
   * Trains, draws and predicts.
   *
   * @param args the page, default {@code spiral.html}; {@code --open} shows it in the browser
   */
  public static void main(String[] args) throws IOException {
    List<String> files = new ArrayList<>(List.of(args));
    boolean isShown = files.remove("--open");
    Path page = Path.of(files.isEmpty() ? "spiral.html" : files.get(0)).toAbsolutePath();

    Split data = ToySets.spiral(3, 100, 0.1, 1).split(0.2, 1);
    Network network = Network.builder(2).dense(64, relu()).dense(3, softmax()).seed(1).build();
    History history =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(adam(0.02))
            .epochs(100)
            .seed(1)
            .validation(data.validation())
            .metric(accuracy())
            .build()
            .fit(data.training());

    ReportOptions options = ReportOptions.titled("Three spirals").evaluatedOn(data.validation());
    Report.of(network, history, options).write(page);
    System.out.println("curves: " + page);
    if (isShown) {
      Desktop.getDesktop().browse(page.toUri());
    }

    double[][] points = {{0.45, -0.21}, {-0.41, -0.29}, {-0.05, 0.5}}; // one of each spiral
    double[][] predictions = network.predict(points);
    for (int i = 0; i < points.length; i++) {
      System.out.println(Arrays.toString(points[i]) + " -> " + Labels.classOf(predictions[i]));
    }
  }
}
