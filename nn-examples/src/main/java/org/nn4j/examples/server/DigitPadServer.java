package org.nn4j.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.nn4j.examples.server.LocalServer.Reply;
import org.nn4j.examples.server.LocalServer.Route;

/**
 * Server of the digit pad: {@code GET /} is the page, {@code POST /explain} takes a {@link Drawing}
 * as JSON and returns the explanation of {@link DigitExplainer}.
 *
 * <p>The page may run its own script, apply its own style and call this server, nothing else.
 */
public final class DigitPadServer implements AutoCloseable {
  /** About ten thousand points of a drawing. */
  private static final int MAX_BODY = 1 << 16;

  private final LocalServer server;

  private DigitPadServer(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param explainer not closed with the server
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static DigitPadServer start(DigitExplainer explainer, int port) throws IOException {
    Reply page = page();
    return new DigitPadServer(
        LocalServer.start(
            port,
            MAX_BODY,
            new Route("GET", "/", body -> page),
            new Route(
                "POST",
                "/explain",
                body -> Reply.json(200, explainer.explain(Drawing.read(body).digit())))));
  }

  private static Reply page() throws IOException {
    String html;
    try (InputStream in = DigitPadServer.class.getResourceAsStream("digit-pad.html")) {
      // Browsers hash scripts with these ends of lines.
      html = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).replace("\r\n", "\n");
    }
    String policy =
        "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'; script-src "
            + hash(html, "script")
            + "; style-src "
            + hash(html, "style");
    Map<String, String> headers =
        Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "Content-Security-Policy", policy,
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store");
    return new Reply(200, headers, html);
  }

  /** Returns the hash by which the policy allows the one element of a name. */
  private static String hash(String html, String element) {
    String start = "<" + element + ">";
    String text =
        html.substring(html.indexOf(start) + start.length(), html.indexOf("</" + element + ">"));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Returns the address of the page. */
  public URI uri() {
    return server.uri("/");
  }

  /** Completes the received requests, and stops. */
  @Override
  public void close() {
    server.close();
  }
}
