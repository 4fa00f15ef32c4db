package org.nn4j.internal.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mirror on this machine, with the behavior that a test chooses. */
public final class MirrorServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean stalled;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What to do with a request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  public MirrorServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** A folder of files, sent whole, or from where a range begins. */
  public URI serving(String folder, Map<String, byte[]> files) {
    Map<String, byte[]> held = new HashMap<>(files);
    return answering(
        folder,
        exchange -> {
          byte[] file = held.get(name(exchange));
          if (file == null) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            send(exchange, file, file.length);
          }
        });
  }

  URI answering(String folder, Answer answer) {
    server.createContext(
        "/" + folder + "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(exchange.getRequestURI() + (range == null ? "" : " " + range));
          stalled = false;
          try (exchange) {
            answer.to(exchange);
          }
        });
    return uri(folder + "/");
  }

  /** Sends as many bytes as told of those that were asked for, having promised all of them. */
  static void send(HttpExchange exchange, byte[] file, int most) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int start = 0;
    if (range != null) {
      Matcher matcher = RANGE.matcher(range);
      start = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      if (start >= file.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + start + "-" + (file.length - 1) + "/" + file.length);
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - start);
    exchange.getResponseBody().write(file, start, Math.min(most, file.length - start));
    exchange.getResponseBody().flush();
  }

  /** Sends the first bytes, and then nothing until the test is over. */
  void stall(HttpExchange exchange, byte[] file, int most) throws IOException {
    send(exchange, file, most);
    stall();
  }

  /** Sends nothing more until the test is over. */
  void stall() {
    stalled = true;
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the request that came last gets nothing more. */
  boolean isStalled() {
    return stalled;
  }

  static String name(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  URI uri(String path) {
    return URI.create(
        "http://"
            + server.getAddress().getHostString()
            + ":"
            + server.getAddress().getPort()
            + "/"
            + path);
  }

  /** The requested paths, each with its range. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
