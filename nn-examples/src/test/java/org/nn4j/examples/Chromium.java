package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nn4j.examples.server.PredictionJson;

/** Headless Chromium with one page, over the DevTools protocol; its profile is in a folder. */
final class Chromium implements AutoCloseable {
  /** Against hanging alone. */
  private static final Duration GUARD = Duration.ofMinutes(10);

  private final Process process;
  private final Messages messages = new Messages();
  private final WebSocket socket;
  private int sent;

  /** Replies to commands by their number, and events. */
  private static final class Messages implements WebSocket.Listener {
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        String id = Chromium.at("/id", message);
        if (id.isEmpty()) {
          events.add(message);
        } else {
          answer(id).complete(message);
        }
      }
      from.request(1);
      return null;
    }

    CompletableFuture<String> answer(String id) {
      return answers.computeIfAbsent(id, any -> new CompletableFuture<>());
    }
  }

  private Chromium(Process process, Path folder) throws Exception {
    this.process = process;
    Path active = folder.resolve("profile").resolve("DevToolsActivePort");
    await("an answer of Chromium", () -> !process.isAlive() || lines(active).size() > 1);
    assertThat(process.isAlive()).as(() -> String.join("\n", lines(log(folder)))).isTrue();
    URI pages = URI.create("http://127.0.0.1:" + lines(active).get(0) + "/json/list");
    HttpClient client = HttpClient.newHttpClient();
    String page =
        client.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString()).body();
    URI address = URI.create(at("/0/webSocketDebuggerUrl", page));
    this.socket = client.newWebSocketBuilder().buildAsync(address, messages).join();
  }

  static Optional<Path> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static boolean isInstalled() {
    return installed().isPresent();
  }

  /** Opens an empty page. It reaches no other machine. */
  static Chromium open(Path program, Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "--headless=new",
            "--no-sandbox", // which root does not have; it shows a page of the test alone
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-sync",
            "--disable-breakpad",
            "--no-first-run",
            "--no-default-browser-check",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0",
            "--user-data-dir=" + folder.resolve("profile"),
            "about:blank");
    for (String home : List.of("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")) {
      builder.environment().put(home, folder.toString());
    }
    builder.redirectErrorStream(true).redirectOutput(log(folder).toFile());
    Process process = builder.start();
    try {
      return new Chromium(process, folder);
    } catch (Exception | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("chromium.log");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, UTF_8).lines().toList() : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the value at a JSON pointer; empty if there is none. */
  private static String at(String pointer, String json) {
    try (JsonParser parser =
        new FilteringParserDelegate(
            new JsonFactory().createParser(json),
            new JsonPointerBasedFilter(pointer),
            TokenFilter.Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      return parser.nextToken() == null ? "" : parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command; commands are carried out in their order. */
  CompletableFuture<String> send(String method, Map<String, Object> parameters) {
    String id = String.valueOf(++sent);
    Map<String, Object> command = Map.of("id", sent, "method", method, "params", parameters);
    socket.sendText(PredictionJson.write(command), true).join();
    return messages.answer(id);
  }

  /** Returns the reply to a command. */
  String call(String method, Map<String, Object> parameters) throws Exception {
    String answer = send(method, parameters).get(GUARD.toSeconds(), TimeUnit.SECONDS);
    assertThat(at("/error/message", answer)).as("%s %s", method, parameters).isEmpty();
    return answer;
  }

  /** Returns the value of a JavaScript expression as a string. */
  String evaluate(String expression) throws Exception {
    String answer = call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
    assertThat(at("/result/exceptionDetails/text", answer)).as(expression).isEmpty();
    return at("/result/result/value", answer);
  }

  /** Waits until a JavaScript expression is true. */
  void awaitTrue(String expression) {
    await(
        expression,
        () -> {
          try {
            return evaluate(expression).equals("true");
          } catch (Exception e) {
            throw new IllegalStateException(expression, e);
          }
        });
  }

  private static void await(String name, BooleanSupplier condition) {
    long end = System.nanoTime() + GUARD.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain for %s", name).isLessThan(end);
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Returns the events of a method. */
  List<String> events(String method) {
    return messages.events.stream().filter(event -> at("/method", event).equals(method)).toList();
  }

  void forgetEvents() {
    messages.events.clear();
  }

  /** Closes the browser, and waits until nothing writes to its folder. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    process.destroy();
    for (ProcessHandle each : all) {
      each.onExit().orTimeout(GUARD.toSeconds(), TimeUnit.SECONDS).join();
    }
  }
}
