package org.nn4j.mnist;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Callback for the progress of a download. By default all methods do nothing. They are called on
 * the thread that called {@code download}.
 */
public interface DownloadListener {
  /** The size if the server does not send it. */
  long UNKNOWN_SIZE = -1;

  /**
   * Returns a listener that does nothing.
   *
   * @return the listener
   */
  static DownloadListener silent() {
    return new DownloadListener() {};
  }

  /**
   * Called when the transfer of a file begins.
   *
   * @param source the address of the file
   * @param have the bytes that an earlier attempt transferred
   * @param size the bytes of the whole file, or {@link #UNKNOWN_SIZE}
   */
  default void onStart(URI source, long have, long size) {}

  /**
   * Called when more bytes were transferred.
   *
   * @param have the bytes transferred so far
   */
  default void onProgress(long have) {}

  /**
   * Called when an attempt failed. Another attempt or another mirror may follow.
   *
   * @param source the address of the file
   * @param reason the failure
   */
  default void onFailure(URI source, IOException reason) {}

  /**
   * Called when a file is complete, verified and in its place.
   *
   * @param file its path
   */
  default void onDone(Path file) {}
}
