package org.nn4j.internal.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Body of a response in pieces, with a time limit, which the JDK's client lacks. One thread takes
 * the pieces that the client's threads add. Each piece is requested when the previous one is taken,
 * so that few are in memory.
 */
final class TimedBody implements Flow.Subscriber<List<ByteBuffer>>, Closeable {
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final TimeLimits limits;
  private long windowStart;
  private long windowBytes;
  private volatile Flow.@Nullable Subscription subscription;

  /**
   * Signal of the client.
   *
   * @param bytes the bytes received
   * @param last whether the body ended
   * @param failure the reason if it ended early
   */
  private record Piece(List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

  TimedBody(TimeLimits limits) {
    this.limits = limits;
    this.windowStart = limits.clock().nanoTime();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    pieces.add(new Piece(bytes, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), true, null));
  }

  /**
   * Blocks until the next piece.
   *
   * @return the bytes, or null at the end of the body
   * @throws HttpTimeoutException if too few bytes arrive in time
   * @throws IOException if the connection breaks
   */
  @Nullable List<ByteBuffer> next() throws IOException {
    Piece piece = take();
    if (piece.failure != null) {
      throw new IOException(String.valueOf(piece.failure.getMessage()), piece.failure);
    }
    if (piece.last) {
      return null;
    }
    countInWindow(piece);
    Objects.requireNonNull(subscription).request(1);
    return piece.bytes;
  }

  private Piece take() throws IOException {
    long left = limits.stall().toNanos() - (limits.clock().nanoTime() - windowStart);
    try {
      Piece piece = limits.clock().poll(pieces, Math.max(left, 0));
      if (piece == null) {
        throw new HttpTimeoutException(
            "fewer than " + limits.leastBytes() + " bytes in " + limits.stall().toMillis() + " ms");
      }
      return piece;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void countInWindow(Piece piece) {
    windowBytes += piece.bytes.stream().mapToLong(ByteBuffer::remaining).sum();
    if (windowBytes >= limits.leastBytes()) {
      windowStart = limits.clock().nanoTime();
      windowBytes = 0;
    }
  }

  static InterruptedIOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException error = new InterruptedIOException("the download was interrupted");
    error.initCause(cause);
    return error;
  }

  /** Cancels the rest of the body. */
  @Override
  public void close() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
