package org.nn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.estimator.Classifier;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.InterruptOnExit;
import org.nn4j.examples.server.PredictionJson;
import org.nn4j.examples.server.PredictionServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * HTTP server for a classifier that {@link TabularClassifier}, {@link MnistClassifier} or a program
 * of your own saved: raw rows in JSON in, labels and probabilities in JSON out, one model for 8
 * threads. It needs only the model file, which contains the encoding of raw rows and the names of
 * the classes.
 *
 * <pre>{@code
 * curl -d '{"age": 33, "plan": "basic"}' http://127.0.0.1:8080/predict
 * {"label":"left","probability":0.9,"probabilities":{"left":0.9,"stayed":0.1}}
 * }</pre>
 *
 * <p>Ctrl-C stops it after the received requests are completed.
 */
@Command(
    name = "ServeModel",
    sortOptions = false,
    showDefaultValues = true,
    description = "Serves a classifier over HTTP, to this machine alone.")
public final class ServeModel extends Example {
  @Parameters(paramLabel = "FILE", description = "file of the classifier")
  private Path file = Path.of("");

  @Option(names = "--port", defaultValue = "0", description = "port; 0 for any that is free")
  private int port;

  ServeModel() {}

  /**
   * Serves until Ctrl-C.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new ServeModel(), args);
  }

  @Override
  protected int run(PrintWriter out) throws IOException {
    InterruptOnExit exit = new InterruptOnExit();
    try (Classifier model = Classifier.load(file);
        PredictionServer server = PredictionServer.start(model, port)) {
      out.println("serving " + model);
      out.println(
          model.features().isPresent()
              ? "curl -d '" + example(model.features().get()) + "' " + server.uri()
              : "POST " + model.network().inputShape().size() + " numbers: " + server.uri());
      out.flush();
      new CountDownLatch(1).await(); // until Ctrl-C
    } catch (InterruptedException ctrlC) {
      out.println("stopped");
      out.flush();
    } finally {
      exit.release();
    }
    return OK;
  }

  /** Returns a row in the form of a request. */
  private static String example(Features features) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (Feature feature : features.list()) {
      if (feature instanceof NumberFeature number) {
        row.put(feature.name(), number.bounds().min());
      } else if (feature instanceof CategoryFeature category) {
        row.put(feature.name(), category.categories().get(0));
      } else {
        row.put(feature.name(), true);
      }
    }
    return PredictionJson.write(row).replace("'", "'\\''"); // as shells quote
  }
}
