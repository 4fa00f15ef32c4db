package org.nn4j.mnist;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Hears of the progress of a download. All methods do nothing unless overridden; they are called on
 * the thread that asked for the download.
 */
public interface DownloadListener {
  /** The size of a file whose server does not tell it. */
  long UNKNOWN_SIZE = -1;

  /**
   * A listener that does nothing.
   *
   * @return the listener
   */
  static DownloadListener silent() {
    return new DownloadListener() {};
  }

  /**
   * The bytes of a file begin to come.
   *
   * @param source where from
   * @param have the bytes that are there from an earlier attempt, which is resumed
   * @param size the bytes of the whole file, or {@link #UNKNOWN_SIZE}
   */
  default void onStart(URI source, long have, long size) {}

  /**
   * More bytes of the file have come.
   *
   * @param have the bytes that are there now
   */
  default void onProgress(long have) {}

  /**
   * An attempt was given up; the next one is made, or the next mirror tried, if there is one.
   *
   * @param source where the file was to come from
   * @param reason why it did not
   */
  default void onFailure(URI source, IOException reason) {}

  /**
   * A file is complete, verified and in its place.
   *
   * @param file the place
   */
  default void onDone(Path file) {}
}
