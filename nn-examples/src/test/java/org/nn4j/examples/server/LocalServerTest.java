package org.nn4j.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalServerTest {
  @SuppressWarnings("NullAway.Init")
  private static LocalServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        LocalServer.start(
            0,
            8,
            new LocalServer.Route("GET", "/", body -> LocalServer.Reply.json(200, "page")),
            new LocalServer.Route("POST", "/echo", LocalServerTest::echo));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static LocalServer.Reply echo(byte[] body) {
    String text = new String(body, UTF_8);
    return switch (text) {
      case "refused" -> throw new IllegalArgumentException("echo: expected more");
      case "broken" -> throw new IllegalStateException("a secret");
      default -> new LocalServer.Reply(200, Map.of("Content-Type", "text/plain"), text);
    };
  }

  /** Returns the status and the body of the reply to a raw request. */
  private static String answer(String line, String headers, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("").getPort())) {
      String request =
          line
              + " HTTP/1.1\r\n"
              + headers.replace("HERE", server.uri("").getAuthority()).replace("|", "\r\n")
              + "\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return all.substring(9, 12) + " " + all.substring(all.indexOf("\r\n\r\n") + 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: HERE", "Host: HERE|Origin: http://HERE"})
  void requestsOfThisMachineAreAnswered(String headers) throws IOException {
    assertThat(answer("POST /echo", headers, "hello")).isEqualTo("200 hello");
    assertThat(answer("GET /?query", headers, "")).isEqualTo("200 \"page\"");
  }

  @Test
  void localhostIsThisMachine() throws IOException {
    String host = "localhost:" + server.uri("").getPort();
    assertThat(answer("POST /echo", "Host: " + host + "|Origin: http://" + host, "hello"))
        .isEqualTo("200 hello");
  }

  /** A page whose name was made an alias of this machine has its own name as host and origin. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: example.org",
        "Host: example.org|Origin: http://example.org",
        "Host: 127.0.0.1",
        "Host: 127.0.0.1:1",
        "Host: HERE|Host: example.org",
        "Host:",
        "Accept: *"
      })
  void otherHostsAreRefused(String headers) throws IOException {
    for (String line : new String[] {"POST /echo", "GET /", "GET /none"}) {
      assertThat(answer(line, headers, ""))
          .startsWith("403 {\"error\":\"request: expected the host 127.0.0.1:")
          .endsWith("; open " + server.uri("/") + "\"}");
    }
  }

  @Test
  void aMissingHostIsNamed() throws IOException {
    assertThat(answer("GET /", "Accept: *", ""))
        .contains(", found no Host header; open " + server.uri("/"));
  }

  /** The client waits for the reply in the middle of a body of 20 GB. */
  @Test
  void noMoreThanAFewMegabytesOfABodyAreRead() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("").getPort())) {
      String head =
          "POST /echo HTTP/1.1\r\nHost: "
              + server.uri("").getAuthority()
              + "\r\nContent-Length: 20000000000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      // The limit, what the server reads beyond it, and what the JDK reads when it closes.
      socket.getOutputStream().write(new byte[9 + (1 << 23) + (1 << 16)]);
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(all).startsWith("HTTP/1.1 413 ").contains("expected at most 8 bytes, found more");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "https://HERE",
        "http://HERE.example.org",
        "http://127.0.0.1",
        "null"
      })
  void pagesOfOtherOriginsAreRefused(String origin) throws IOException {
    assertThat(answer("POST /echo", "Host: HERE|Origin: " + origin, "hello"))
        .isEqualTo(
            "403 {\"error\":\"request: expected a page of this server, found one of "
                + origin.replace("HERE", server.uri("").getAuthority())
                + "; open "
                + server.uri("/")
                + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /none  |           | 404 | request: expected the path / or /echo, found /none; check the address
          GET /echo/ |           | 404 | request: expected the path / or /echo, found /echo/; check the address
          GET /echo  |           | 405 | request: expected POST, found GET; send POST /echo
          POST /     |           | 405 | request: expected GET, found POST; send GET /
          PUT /echo  |           | 405 | request: expected POST, found PUT; send POST /echo
          POST /echo | 123456789 | 413 | request: expected at most 8 bytes, found more; send less at a time
          POST /echo | refused   | 400 | echo: expected more
          POST /echo | broken    | 500 | the model failed; see the log of the server
          """)
  void whatNoRouteAnswersIsRefused(String line, String body, String status, String error)
      throws IOException {
    assertThat(answer(line, "Host: HERE", body == null ? "" : body))
        .isEqualTo(status + " {\"error\":\"" + error + "\"}");
  }

  /** The server requests each body with status 100, so each of the clients has a thread. */
  @Test
  void slowClientsDoNotDelayOthers() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("").getPort());
        slow.add(socket);
        String request = "POST /echo HTTP/1.1\r\nHost: " + server.uri("").getAuthority();
        String headers = "\r\nExpect: 100-continue\r\nContent-Length: 8\r\n\r\n";
        socket.getOutputStream().write((request + headers).getBytes(UTF_8));
        byte[] status = socket.getInputStream().readNBytes(12);
        assertThat(new String(status, UTF_8)).isEqualTo("HTTP/1.1 100");
        socket.getOutputStream().write('x');
      }
      assertThat(answer("POST /echo", "Host: HERE", "fast")).startsWith("200 ");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }
}
