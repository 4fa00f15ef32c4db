package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.nn4j.Require;
import org.nn4j.data.feature.FeatureException;
import org.nn4j.estimator.Answer;
import org.nn4j.estimator.Classifier;

/**
 * HTTP server that answers {@code POST /predict} with the predictions of a classifier, on the
 * loopback address, by 8 threads that share the model.
 *
 * <p>Status 400 for rows that the model refuses, 404 for another path, 405 for another method, 413
 * for bodies of more than 1 MiB, 500 for a failure of the model; each with a JSON object of {@code
 * error} and, where there is one, {@code feature}. Clients that send or receive too slowly are
 * disconnected.
 */
final class PredictionServer implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int MAX_BODY = 1 << 20;
  private static final String PATH = "/predict";

  /** Seconds for a request, for an answer, and for both when the server closes. */
  private static final int PATIENCE = 10;

  private static final Logger LOG = System.getLogger(PredictionServer.class.getName());

  static {
    // The server of the JDK reads them once.
    setDefault("sun.net.httpserver.maxReqTime", String.valueOf(PATIENCE));
    setDefault("sun.net.httpserver.maxRspTime", String.valueOf(PATIENCE));
    setDefault("sun.net.httpserver.nodelay", "true");
  }

  private final Classifier model;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** The status and the JSON of an answer. */
  private record Reply(int status, Object json) {
    static Reply error(int status, String message) {
      return new Reply(status, Map.of("error", message));
    }
  }

  private PredictionServer(Classifier model, HttpServer server) {
    this.model = model;
    this.server = server;
  }

  private static void setDefault(String property, String value) {
    System.setProperty(property, System.getProperty(property, value));
  }

  /**
   * Starts a server.
   *
   * @param model not closed with the server
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  static PredictionServer start(Classifier model, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer http;
    try {
      http = HttpServer.create(address, 0);
    } catch (BindException e) {
      throw new IOException(
          Require.message(
              "PredictionServer",
              "a free port",
              port + ": " + e.getMessage(),
              "name another one, or 0 for any that is free"),
          e);
    }
    PredictionServer server = new PredictionServer(model, http);
    http.createContext("/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Returns where to post rows. */
  URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + PATH);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      send(exchange, reply(exchange));
    } finally {
      exchange.close();
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(MAX_BODY + 1);
    in.transferTo(OutputStream.nullOutputStream()); // clients read no answer before they have sent
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (!path.equals(PATH)) {
      return Reply.error(404, refusal("the path " + PATH, path, "POST rows to " + PATH));
    }
    if (!method.equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      return Reply.error(405, refusal("POST", method, "POST rows as JSON"));
    }
    if (body.length > MAX_BODY) {
      return Reply.error(
          413, refusal("at most " + MAX_BODY + " bytes", "more", "send fewer rows at a time"));
    }
    return predictions(body);
  }

  private static String refusal(String expected, String found, String remedy) {
    return Require.message("request", expected, found, remedy);
  }

  private Reply predictions(byte[] body) {
    try {
      PredictionJson.Rows rows = PredictionJson.read(body);
      if (rows.single()) {
        return new Reply(200, PredictionJson.of(model.predictAll(rows.rows()).get(0)));
      }
      List<Answer> answers = model.predictAll(rows.rows());
      return new Reply(200, answers.stream().map(PredictionJson::of).toList());
    } catch (FeatureException e) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("error", e.getMessage());
      error.put("feature", e.feature());
      return new Reply(400, error);
    } catch (IllegalArgumentException e) {
      return Reply.error(400, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, "no prediction", e);
      return Reply.error(500, "the model failed; see the log of the server");
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] json = PredictionJson.write(reply.json()).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), head ? -1 : json.length);
    if (!head) {
      exchange.getResponseBody().write(json);
    }
  }

  /** Answers the requests that were received, and stops. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
  }
}
