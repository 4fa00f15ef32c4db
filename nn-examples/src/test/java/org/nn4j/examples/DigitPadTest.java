package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nn4j.activation.Activations.softmax;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nn4j.examples.server.DigitExplainer;
import org.nn4j.examples.server.Drawing;
import org.nn4j.examples.server.PredictionJson;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

@SuppressWarnings("NullAway.Init")
@Timeout(value = 20, unit = TimeUnit.MINUTES) // against hanging alone
class DigitPadTest {
  /** Against hanging alone. */
  private static final Duration GUARD = Duration.ofMinutes(10);

  private static final String SEVEN = "[[60, 60, 200, 60, 120, 240]]";

  @TempDir private static Path folder;
  private static Path file;
  private static DigitPadRun pad;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void train() throws Exception {
    file = folder.resolve("model.safetensors");
    pad = new DigitPadRun("open ", training(2));
  }

  @AfterAll
  static void stop() throws Exception {
    pad.close();
  }

  private static String[] training(int epochs) {
    return new String[] {
      "--model", file.toString(), "--data", "generated", "--digits", "300", "--epochs", "" + epochs
    };
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(GUARD).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder drawing(URI page, String body) {
    return HttpRequest.newBuilder(page.resolve("/explain")).POST(BodyPublishers.ofString(body));
  }

  private static DigitImage seven() {
    return Drawing.read(SEVEN.getBytes(UTF_8)).digit();
  }

  @Test
  void aNetworkIsTrainedAndSaved() {
    assertThat(pad.lines()).hasSize(5);
    assertThat(pad.lines().get(0)).startsWith("epoch 1/2  loss ");
    assertThat(pad.lines().get(1)).startsWith("epoch 2/2  loss ");
    assertThat(pad.lines().get(2))
        .matches("test accuracy on generated digits: \\d\\d\\.\\d\\d %, saved .*model.safetensors");
    assertThat(pad.lines().get(3))
        .isEqualTo("network of " + file + ", trained on generated digits");
  }

  @Test
  void ctrlCStopsTraining() throws Exception {
    Path none = folder.resolve("none.safetensors");
    String[] args = training(1_000_000);
    args[1] = none.toString();
    DigitPadRun training = new DigitPadRun("epoch ", args);
    training.close();
    assertThat(training.lines()).last().isEqualTo("stopped");
    assertThat(none).doesNotExist();
  }

  /** Nothing but the one script and the one style of the page runs, and it calls this server. */
  @Test
  void thePageNeedsNoNetwork() throws Exception {
    HttpResponse<String> page = send(HttpRequest.newBuilder(pad.uri()));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .matches(
            "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'none';"
                + " script-src 'sha256-[^ ']{44}'; style-src 'sha256-[^ ']{44}'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("http:", "https:", "src=");
    assertThat(page.body().length()).isLessThan(20_000);
  }

  @Test
  void theAnswerIsTheExplanationAsJson() throws Exception {
    HttpResponse<String> answer = send(drawing(pad.uri(), SEVEN));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    try (Network network = ModelFiles.load(file);
        DigitExplainer explainer = new DigitExplainer(network)) {
      assertThat(answer.body()).isEqualTo(PredictionJson.write(explainer.explain(seven())));
    }
  }

  /** As a program of your own may have saved it. */
  @Test
  void aNetworkWithoutScalingAndClassesIsServed() throws Exception {
    Path plain = folder.resolve("plain.safetensors");
    try (Network network = Network.builder(1, 28, 28).flatten().dense(10).seed(1).build()) {
      ModelFiles.save(network, plain);
      try (DigitPadRun run = new DigitPadRun("open ", "--model", plain.toString())) {
        HttpResponse<String> answer = send(drawing(run.uri(), SEVEN));
        double[] outputs =
            network.predict(seven().toArray().reshape(1, 1, 28, 28)).toDoubleVector();
        assertThat(answer.body())
            .contains("[" + (float) outputs[0] + "," + (float) outputs[1] + ",")
            .startsWith("{\"label\":");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [[1]]  | drawing: expected strokes such as [[x, y, x, y], [x, y]] of numbers from 0 to 280, found END_ARRAY; send an array of coordinates for each stroke
          []     | picture of 160 x 160: expected a digit in clear contrast to the paper around it, found hardly anything that differs from its border; draw one digit with a margin around it
          """)
  void badDrawingsAreRefused(String body, String error) throws Exception {
    HttpResponse<String> answer = send(drawing(pad.uri(), body));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
  }

  @Test
  void otherMethodsPathsSizesAndOriginsAreRefused() throws Exception {
    assertThat(send(HttpRequest.newBuilder(pad.uri().resolve("/explain"))).statusCode())
        .isEqualTo(405);
    assertThat(send(drawing(pad.uri(), SEVEN).uri(pad.uri())).statusCode()).isEqualTo(405);
    assertThat(send(HttpRequest.newBuilder(pad.uri().resolve("/favicon.ico"))).statusCode())
        .isEqualTo(404);
    assertThat(send(drawing(pad.uri(), " ".repeat(1 << 16) + SEVEN)).statusCode()).isEqualTo(413);
    HttpRequest.Builder foreign = drawing(pad.uri(), SEVEN).header("Origin", "http://example.org");
    assertThat(send(foreign).statusCode()).isEqualTo(403);
  }

  @Test
  void networksThatDoNotFitCauseOneLine() throws Exception {
    Path other = folder.resolve("other.safetensors");
    ModelFiles.save(Network.builder(16).dense(10, softmax()).build(), other);
    DigitPadRun run = new DigitPadRun("open ", "--model", other.toString());
    assertThat(run.lines())
        .containsExactly(
            other
                + ": expected a network for images of 784 pixels, found one for inputs of the shape"
                + " [16]; name the file of another network with --model, or train one");
  }

  @Test
  void thePortIsCheckedBeforeTraining() throws Exception {
    Path none = folder.resolve("untrained.safetensors");
    String taken = String.valueOf(pad.uri().getPort());
    assertThat(errorOfPort(none, taken))
        .startsWith("LocalServer: expected a free port, found " + taken + ": ")
        .endsWith("; name another one, or 0 for any that is free");
    for (String port : new String[] {"70000", "-1"}) {
      assertThat(errorOfPort(none, port))
          .isEqualTo(
              "LocalServer: expected a port from 0 to 65535, found "
                  + port
                  + "; name another one, or 0 for any that is free");
    }
    assertThat(none).doesNotExist();
  }

  private static String errorOfPort(Path none, String port) throws IOException {
    List<String> args = new ArrayList<>(List.of(training(1)));
    args.set(1, none.toString());
    args.addAll(List.of("--port", port));
    List<String> lines = new DigitPadRun("open ", args.toArray(String[]::new)).lines();
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  /** A process in the background may ignore the signal unless it is reset. */
  @Test
  void ctrlCStopsTheServer() throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    assumeTrue(canReset(command), "no env that resets signals");
    ProcessBuilder builder =
        ClassifierRun.process(DigitPad.class, List.of(), "--model", file.toString());
    command.addAll(builder.command());
    Process process = builder.command(command).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("open ")) {
        line = lines.readLine();
      }
      URI page = URI.create(String.valueOf(line).split(" ", -1)[1]);
      assertThat(send(drawing(page, SEVEN)).statusCode()).isEqualTo(200);
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(lines.lines()).containsExactly("stopped");
      assertThat(process.waitFor()).isEqualTo(130); // as shells expect after SIGINT
      assertThatThrownBy(() -> send(drawing(page, SEVEN))).isInstanceOf(ConnectException.class);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static boolean canReset(List<String> env) throws InterruptedException {
    List<String> command = new ArrayList<>(env);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
