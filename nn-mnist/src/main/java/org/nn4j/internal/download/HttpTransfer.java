package org.nn4j.internal.download;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Flow;
import org.nn4j.Require;
import org.nn4j.internal.file.FileChecks;
import org.nn4j.io.FileAccess;
import org.nn4j.mnist.DownloadListener;

/** HTTP transfer of a file or of its rest. Follows redirects, but not from https to http. */
final class HttpTransfer {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final HttpClient client;
  private final TimeLimits limits;

  /** Creates a client with the proxy of {@link java.net.ProxySelector#getDefault()}. */
  HttpTransfer(TimeLimits limits) {
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(limits.connect())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /**
   * Appends the missing bytes to a partial file, or replaces it if the server sends the whole.
   *
   * @param source the address of the file
   * @param part the partial file, which need not exist
   * @param mostBytes the largest size of the whole file
   * @param listener called for each event
   * @throws IOException if the transfer ended early; the bytes received stay in the partial file
   */
  void fetch(URI source, Path part, long mostBytes, DownloadListener listener) throws IOException {
    requireNoLink(part);
    FileAccess.requireWritable(part);
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(source, have);
    try (TimedBody body = new TimedBody(limits)) {
      response.body().subscribe(body);
      int status = response.statusCode();
      if (status == RANGE_NOT_SATISFIABLE && have > 0) {
        return; // the partial file is complete
      }
      if (status != OK && status != PARTIAL_CONTENT) {
        throw new IOException("HTTP status " + status);
      }
      long start = status == OK ? 0 : startOfRange(response, have);
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      long size = length < 0 ? DownloadListener.UNKNOWN_SIZE : start + length;
      requireAtMost(mostBytes, size);
      listener.onStart(source, start, size);
      try (FileChannel file = FileChannel.open(part, CREATE, WRITE, NOFOLLOW_LINKS)) {
        file.truncate(start).position(start);
        copy(body, file, mostBytes, listener);
        file.force(true);
      } catch (ClosedByInterruptException e) {
        throw TimedBody.interrupted(e);
      }
    }
  }

  /** A link may lead to a file of another program, which the download would overwrite. */
  private static void requireNoLink(Path part) throws IOException {
    if (Files.isSymbolicLink(part)) {
      throw new FileSystemException(
          part.toString(),
          null,
          FileChecks.reason("a partial file", "a symbolic link", "remove the link"));
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(URI source, long have)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(limits.response());
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    try {
      return client.send(request.build(), BodyHandlers.ofPublisher());
    } catch (InterruptedException e) {
      throw TimedBody.interrupted(e);
    }
  }

  private static long startOfRange(HttpResponse<?> response, long have) throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("no Content-Range");
    if (!range.startsWith("bytes " + have + "-")) {
      throw new IOException(
          Require.message("HTTP", "bytes from " + have, range, "use another mirror"));
    }
    return have;
  }

  private static void copy(
      TimedBody body, FileChannel file, long mostBytes, DownloadListener listener)
      throws IOException {
    for (List<ByteBuffer> piece = body.next(); piece != null; piece = body.next()) {
      for (ByteBuffer bytes : piece) {
        requireAtMost(mostBytes, file.position() + bytes.remaining());
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      }
      listener.onProgress(file.position());
    }
  }

  private static void requireAtMost(long mostBytes, long size) throws IOException {
    if (size > mostBytes) {
      throw new IOException("the server sends more than the " + mostBytes + " bytes of the file");
    }
  }
}
