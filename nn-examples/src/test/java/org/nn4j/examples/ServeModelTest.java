package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.data.feature.Fill.median;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.examples.server.PredictionServer;
import org.nn4j.model.Network;
import picocli.CommandLine;

class ServeModelTest {
  /** Against hanging alone. */
  private static final Duration GUARD = Duration.ofMinutes(10);

  private static final String ROW =
      "{\"age\": 33, \"plan\": \"basic\", \"city\": \"Rome\", \"spend\": 70.5, \"autopay\": false,"
          + " \"calls\": 5}";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Path file;

  @SuppressWarnings("NullAway.Init")
  private static Classifier model;

  @SuppressWarnings("NullAway.Init")
  private static PredictionServer server;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void train() throws IOException {
    Path customers = Customers.write(folder.resolve("customers.csv"), 300, 1);
    CsvFormat format = CsvFormat.infer(customers).label(Customers.LABEL).fillMissing(median());
    file = folder.resolve("customers.safetensors");
    Classifier.builder(format, customers).epochs(5).fit().save(file);
    model = Classifier.load(file);
    server = PredictionServer.start(model, 0);
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  private HttpResponse<String> post(URI uri, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(GUARD).POST(BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String json(Prediction prediction) {
    return prediction.probabilities().entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
        .reduce((a, b) -> a + "," + b)
        .map(
            all ->
                "{\"label\":\""
                    + prediction.label()
                    + "\",\"probability\":"
                    + prediction.probability()
                    + ",\"probabilities\":{"
                    + all
                    + "}}")
        .orElseThrow();
  }

  @Test
  void eightThreadsGetTheAnswersOfTheModel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int first = i;
        clients.add(
            () -> {
              for (int age = 18 + first; age < 78; age += 8) {
                HttpResponse<String> answer =
                    post(server.uri(), ROW.replace("33", String.valueOf(age)));
                Prediction expected = model.predict(List.of(age, "basic", "Rome", 70.5, false, 5));
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(json(expected));
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(clients)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void rowsInAnArrayGetAnArray() throws Exception {
    List<Object> young = List.of(33, "basic", "Rome", 70.5, false, 5);
    List<Object> old = List.of(60, "family", "Milan", "", "yes", 0);
    List<Prediction> both = model.predictAll(List.of(young, old));
    String values = "[60, \"family\", \"Milan\", null, \"yes\", 0]";
    HttpResponse<String> answers = post(server.uri(), "[" + ROW + ", " + values + "]");
    assertThat(answers.statusCode()).isEqualTo(200);
    assertThat(answers.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answers.body()).isEqualTo("[" + json(both.get(0)) + "," + json(both.get(1)) + "]");
    assertThat(post(server.uri(), values).body()).isEqualTo(json(model.predict(old)));
    assertThat(post(server.uri(), "[]").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "age": 33                | "age": "old"              | feature 'age': expected a finite number, found 'old'; pass a number, or a string with a decimal point | age
          "age": 33                | "age": 1e999              | feature 'age': expected a finite number, found 'Infinity'; pass a number, or a string with a decimal point | age
          "age": 33                | "age": 1e308              | feature 'age': expected a number that is in the range of float when it is encoded, found '1.0E308'; correct the number or its unit | age
          "age": 33, "plan"        | "plan"                    | feature 'age': expected a value, found only [plan, city, spend, autopay, calls]; add it, with null if the value is missing | age
          "basic"                  | "gold"                    | feature 'plan': expected one of the categories basic, business, family, found 'gold'; pass a category of the training data, or train with unknownCategories(UnknownCategory.ZEROS) | plan
          "basic"                  | null                      | feature 'plan': expected one of the categories basic, business, family, found nothing; pass a category of the training data, or train with unknownCategories(UnknownCategory.ZEROS) | plan
          "basic"                  | "\\ud800"                 | feature 'plan': expected one of the categories basic, business, family, found '?'; pass a category of the training data, or train with unknownCategories(UnknownCategory.ZEROS) | plan
          "calls": 5               | "calls": 5, "name": "Ann" | feature 'name': expected one of the features age, plan, city, spend, autopay, calls, found 'name'; remove it from the row | name
          """)
  void refusedRowsNameTheFeature(String old, String replacement, String error, String feature)
      throws Exception {
    HttpResponse<String> answer = post(server.uri(), ROW.replace(old, replacement));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"" + error + "\",\"feature\":\"" + feature + "\"}");
    assertThat(post(server.uri(), "[" + ROW + "," + ROW.replace(old, replacement) + "]").body())
        .startsWith("{\"error\":\"row at index 1, " + error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "age=33",
        "33",
        "null",
        "{\"age\": 33",
        "{\"age\": NaN}",
        "{\"age\": 33, \"age\": 34}",
        "{\"age\": {\"years\": 33}}",
        "[[[33]]]",
        "[{}, 33]",
        "{} {}",
        "[1, 2",
        "\ufeff\u0000"
      })
  void whatIsNoRowIsRefused(String body) throws Exception {
    HttpResponse<String> answer = post(server.uri(), body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith(
            "{\"error\":\"request: expected a JSON object such as {\\\"age\\\": 33, \\\"plan\\\":"
                + " \\\"basic\\\"}, or an array, found ")
        .endsWith("; send a value for each feature\"}")
        .doesNotContain("Exception", "at org.");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() throws Exception {
    HttpResponse<String> answer = post(server.uri(), "[33, \"basic\"]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"Features: expected 6 values: age, plan, city, spend, autopay, calls, found 2"
                + " values; pass a value for each feature, in this order\"}");
  }

  @Test
  void otherPathsMethodsAndSizesAreRefused() throws Exception {
    HttpResponse<String> path = post(server.uri().resolve("/predictions"), ROW);
    assertThat(path.statusCode()).isEqualTo(404);
    assertThat(path.body())
        .isEqualTo(
            "{\"error\":\"request: expected the path /predict, found /predictions; check the"
                + " address\"}");

    HttpRequest get = HttpRequest.newBuilder(server.uri()).build();
    HttpResponse<String> method = client.send(get, BodyHandlers.ofString());
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).hasValue("POST");
    assertThat(method.body())
        .isEqualTo("{\"error\":\"request: expected POST, found GET; send POST /predict\"}");
    HttpRequest head =
        HttpRequest.newBuilder(server.uri()).method("HEAD", BodyPublishers.noBody()).build();
    assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(405);

    HttpResponse<String> size = post(server.uri(), " ".repeat(5_000_000) + ROW);
    assertThat(size.statusCode()).isEqualTo(413);
    assertThat(size.body())
        .isEqualTo(
            "{\"error\":\"request: expected at most 1048576 bytes, found more; send less at a time\"}");
    assertThat(post(server.uri(), " ".repeat(1_000_000) + ROW).statusCode()).isEqualTo(200);
  }

  /** What a network of digits needs is in its file. */
  @Test
  void numbersAreARowOfANetworkWithoutFeatures() throws Exception {
    Network network = Network.builder(4).dense(10, sigmoid()).seed(1).build();
    network.setInfo(ModelOption.info("MNIST"));
    try (Classifier digits = Classifier.of(network);
        PredictionServer pixels = PredictionServer.start(digits, 0)) {
      assertThat(post(pixels.uri(), "[0, 255, 128, 0]").body())
          .isEqualTo(json(digits.predict(0, 255, 128, 0)));
      assertThat(post(pixels.uri(), "[0, 255]").body()).contains("expected 4 numbers, found 2");
      assertThat(post(pixels.uri(), ROW).statusCode()).isEqualTo(400);
      HttpResponse<String> huge = post(pixels.uri(), "[0, 255, 1e308, 0]");
      assertThat(huge.statusCode()).isEqualTo(400);
      assertThat(huge.body()).contains("in the range of float").contains("1.0E308 at index 2");
    }
  }

  @Test
  void aModelThatFailsIsAnErrorOfTheServer() throws Exception {
    Network network = Network.builder(1).dense(10, sigmoid()).build();
    network.setInfo(ModelOption.info("MNIST"));
    network.parameters().values().assign(Double.NaN);
    try (Classifier broken = Classifier.of(network);
        PredictionServer failing = PredictionServer.start(broken, 0)) {
      HttpResponse<String> answer = post(failing.uri(), "[1]");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .isEqualTo("{\"error\":\"the model failed; see the log of the server\"}");
    }
  }

  /**
   * The server requests the body with status 100, so the request has begun when the server is
   * closed.
   */
  @Test
  void aReceivedRequestIsAnsweredBeforeTheServerStops() throws Exception {
    PredictionServer closing = PredictionServer.start(model, 0);
    ExecutorService closer = Executors.newSingleThreadExecutor();
    try (Socket socket = new Socket(closing.uri().getHost(), closing.uri().getPort())) {
      BufferedReader in = reader(socket.getInputStream());
      send(
          socket,
          "POST /predict HTTP/1.1\r\nHost: "
              + closing.uri().getAuthority()
              + "\r\nExpect: 100-continue\r\nContent-Length: "
              + ROW.length()
              + "\r\n\r\n");
      assertThat(in.readLine()).startsWith("HTTP/1.1 100");
      Future<?> closed = closer.submit(closing::close);
      send(socket, ROW);
      assertThat(in.lines().toList())
          .contains("HTTP/1.1 200 OK")
          .last()
          .asString()
          .contains("label");
      closed.get();
    } finally {
      closer.shutdownNow();
    }
    assertThatThrownBy(() -> post(closing.uri(), ROW)).isInstanceOf(ConnectException.class);
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** With a limit of a second for a request. */
  @Test
  void clientsThatStallDoNotStopTheServer() throws Exception {
    Process process =
        ClassifierRun.process(
                ServeModel.class, List.of("-Dsun.net.httpserver.maxReqTime=1"), file.toString())
            .start();
    List<Socket> stalled = new ArrayList<>();
    try (BufferedReader lines = reader(process.getInputStream())) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("curl -d '")) {
        line = lines.readLine();
      }
      String[] curl = String.valueOf(line).split("'", -1);
      URI uri = URI.create(curl[2].strip());
      for (int i = 0; i < 16; i++) {
        stalled.add(new Socket(uri.getHost(), uri.getPort()));
        send(stalled.get(i), "POST /predict HTTP/1.1\r\n");
        if (i % 2 == 0) {
          send(stalled.get(i), "Content-Length: 100\r\n\r\n{");
        }
      }
      assertThat(postUntilAnswered(uri, curl[1])).startsWith("{\"label\":");

      assumeTrue(process.supportsNormalTermination(), "no signal that a process can answer");
      process.toHandle().destroy();
      assertThat(lines.lines()).last().isEqualTo("stopped");
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
      process.destroyForcibly().waitFor();
    }
  }

  /** On a busy machine, a request may need more than the second. */
  private String postUntilAnswered(URI uri, String body) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return post(uri, body).body();
      } catch (HttpTimeoutException e) {
        throw e;
      } catch (IOException e) {
        assertThat(attempt).as("%s", e).isLessThan(30);
      }
    }
  }

  @Test
  void wrongArgumentsCauseOneLine() throws IOException {
    assertThat(run(folder.resolve("none.safetensors").toString())).contains("none.safetensors");
    assertThat(run(file.toString(), "--port", String.valueOf(server.uri().getPort())))
        .startsWith("LocalServer: expected a free port, found " + server.uri().getPort() + ": ")
        .endsWith("; name another one, or 0 for any that is free");
    assertThat(run(file.toString(), "--port", "70000"))
        .isEqualTo(
            "LocalServer: expected a port from 0 to 65535, found 70000; name another one, or 0 for"
                + " any that is free");
  }

  private static String run(String... args) {
    StringWriter err = new StringWriter();
    CommandLine command = Example.commandLine(new ServeModel());
    command.setErr(new PrintWriter(err, true));
    assertThat(command.execute(args)).isNotZero();
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString().strip();
  }
}
