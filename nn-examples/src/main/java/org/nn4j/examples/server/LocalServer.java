package org.nn4j.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nn4j.Require;

/**
 * HTTP server for programs and pages of this machine alone, on the loopback address. Up to 256
 * clients send at the same time, so slow ones do not block others; 8 routes run at the same time.
 *
 * <p>Refusals are a JSON object with {@code error}: status 400 for an {@link
 * IllegalArgumentException} of a route, 403 for a page of another origin and for another host name,
 * which a page could have made an alias of this machine, 404 for another path, 405 for another
 * method, 413 for a body that is too large, 500 for a failure. Clients that send or receive too
 * slowly, send several megabytes too much, or are too many, are disconnected.
 */
public final class LocalServer implements AutoCloseable {
  /** Maximum number of threads, each with the request of a client. */
  private static final int MAX_CLIENTS = 256;

  /** Maximum number of requests whose route runs. */
  private static final int MAX_ROUTES = 8;

  /** Seconds for a request, for a reply, and for both when the server closes. */
  private static final int PATIENCE = 10;

  /** Bytes of a chunk of a body that is too large. */
  private static final int CHUNK = 1 << 16;

  /** Maximum number of these chunks that are read: clients read no reply while they send. */
  private static final int CHUNKS = 128;

  private static final int MAX_PORT = 65_535;

  private static final Logger LOG = System.getLogger(LocalServer.class.getName());

  static {
    // The server of the JDK reads them once.
    setDefault("sun.net.httpserver.maxReqTime", String.valueOf(PATIENCE));
    setDefault("sun.net.httpserver.maxRspTime", String.valueOf(PATIENCE));
    setDefault("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final int maxBody;
  private final List<Route> routes;

  /** Without a queue, where requests would use up their time. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(0, MAX_CLIENTS, PATIENCE, TimeUnit.SECONDS, new SynchronousQueue<>());

  private final Semaphore free = new Semaphore(MAX_ROUTES, true);

  /**
   * Route of a server.
   *
   * @param method GET or POST
   * @param path the path, without a query
   * @param reply the reply to a body; called by several threads
   */
  record Route(String method, String path, Function<byte[], Reply> reply) {}

  /**
   * Reply to a request.
   *
   * @param status the status
   * @param headers among them Content-Type
   * @param body the body
   */
  record Reply(int status, Map<String, String> headers, String body) {
    /** Returns maps, lists, strings, numbers and booleans as JSON. */
    static Reply json(int status, Object value) {
      return new Reply(
          status, Map.of("Content-Type", "application/json"), PredictionJson.write(value));
    }

    static Reply error(int status, String message) {
      return json(status, Map.of("error", message));
    }
  }

  private LocalServer(HttpServer server, int maxBody, List<Route> routes) {
    this.server = server;
    this.maxBody = maxBody;
    this.routes = routes;
  }

  private static void setDefault(String property, String value) {
    System.setProperty(property, System.getProperty(property, value));
  }

  /**
   * Starts a server.
   *
   * @param port 0 for any that is free
   * @param maxBody the maximum length of a request's body, in bytes
   * @throws IOException if the port is taken
   * @throws IllegalArgumentException if the port is not from 0 to 65535
   */
  static LocalServer start(int port, int maxBody, Route... routes) throws IOException {
    requireFree(port);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer http = HttpServer.create(address, 0);
    LocalServer server = new LocalServer(http, maxBody, List.of(routes));
    http.createContext("/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /**
   * Checks that a server can start, for programs that work long before they serve.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   * @throws IllegalArgumentException if the port is not from 0 to 65535
   */
  public static void requireFree(int port) throws IOException {
    String remedy = "name another one, or 0 for any that is free";
    boolean valid = port >= 0 && port <= MAX_PORT;
    Require.that(valid, "LocalServer", "a port from 0 to " + MAX_PORT, port, remedy);
    try {
      new ServerSocket(port, 0, InetAddress.getLoopbackAddress()).close();
    } catch (BindException e) {
      String found = port + ": " + e.getMessage();
      throw new IOException(Require.message("LocalServer", "a free port", found, remedy), e);
    }
  }

  /** Returns the address of a path. */
  URI uri(String path) {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      InputStream in = exchange.getRequestBody();
      byte[] body = in.readNBytes(maxBody + 1);
      int chunks = 0;
      while (chunks < CHUNKS && in.readNBytes(CHUNK).length > 0) {
        chunks++;
      }
      send(exchange, reply(exchange, body));
    } finally {
      exchange.close();
    }
  }

  private Reply reply(HttpExchange exchange, byte[] body) {
    String host = header(exchange, "Host");
    List<String> hosts = List.of(uri("").getAuthority(), "localhost:" + uri("").getPort());
    if (!hosts.contains(host)) {
      String found = host.isEmpty() ? "no Host header" : host;
      return refusal(403, "the host " + String.join(" or ", hosts), found, "open " + uri("/"));
    }
    String origin = header(exchange, "Origin");
    if (!origin.isEmpty() && !origin.equals("http://" + host)) {
      return refusal(403, "a page of this server", "one of " + origin, "open " + uri("/"));
    }
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    List<Route> found = routes.stream().filter(route -> route.path().equals(path)).toList();
    if (found.isEmpty()) {
      String paths = routes.stream().map(Route::path).collect(Collectors.joining(" or "));
      return refusal(404, "the path " + paths, path, "check the address");
    }
    Route route = found.get(0);
    if (!route.method().equals(method)) {
      exchange.getResponseHeaders().set("Allow", route.method());
      return refusal(405, route.method(), method, "send " + route.method() + " " + path);
    }
    if (body.length > maxBody) {
      return refusal(413, "at most " + maxBody + " bytes", "more", "send less at a time");
    }
    return reply(route, body);
  }

  /** Returns the values of a header; empty if it is missing. */
  private static String header(HttpExchange exchange, String name) {
    Headers headers = exchange.getRequestHeaders();
    return String.join(", ", headers.getOrDefault(name, List.of()));
  }

  private static Reply refusal(int status, String expected, String found, String remedy) {
    return Reply.error(status, Require.message("request", expected, found, remedy));
  }

  private Reply reply(Route route, byte[] body) {
    free.acquireUninterruptibly();
    try {
      return route.reply().apply(body);
    } catch (IllegalArgumentException e) {
      return Reply.error(400, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, route.path(), e);
      return Reply.error(500, "the model failed; see the log of the server");
    } finally {
      free.release();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body().getBytes(UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Completes the received requests, and stops. */
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
