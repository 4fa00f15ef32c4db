package org.nn4j.examples.server;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.data.feature.FeatureException;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.examples.server.LocalServer.Reply;

/**
 * Server that replies to {@code POST /predict} with the predictions of a classifier, which its
 * threads share.
 *
 * <p>Status 400 for rows that the model refuses, with a JSON object of {@code error} and, where
 * there is one, {@code feature}; other refusals as of {@link LocalServer}.
 */
public final class PredictionServer implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;
  private static final String PATH = "/predict";

  private final LocalServer server;

  private PredictionServer(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param model not closed with the server
   * @param port 0 for any free port
   * @throws IOException if the port is taken
   */
  public static PredictionServer start(Classifier model, int port) throws IOException {
    LocalServer.Route predict =
        new LocalServer.Route("POST", PATH, body -> predictions(model, body));
    return new PredictionServer(LocalServer.start(port, MAX_BODY, predict));
  }

  /** Returns the address for POST requests. */
  public URI uri() {
    return server.uri(PATH);
  }

  private static Reply predictions(Classifier model, byte[] body) {
    PredictionJson.Rows rows = PredictionJson.read(body);
    try {
      List<Prediction> predictions = model.predictAll(rows.rows());
      return Reply.json(
          200,
          rows.single()
              ? PredictionJson.of(predictions.get(0))
              : predictions.stream().map(PredictionJson::of).toList());
    } catch (FeatureException e) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("error", e.getMessage());
      error.put("feature", e.feature());
      return Reply.json(400, error);
    }
  }

  /** Completes the received requests, and stops. */
  @Override
  public void close() {
    server.close();
  }
}
