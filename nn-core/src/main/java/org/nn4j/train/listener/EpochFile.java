package org.nn4j.train.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nn4j.Require;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.io.FileAccess;
import org.nn4j.train.ListenerState;
import org.nn4j.train.Training;

/**
 * File with one line for each epoch.
 *
 * <p>A run that is resumed in another process starts at its last checkpoint and trains the epochs
 * after it again. Their lines, and a last line that is incomplete, are removed first, so that each
 * epoch of a run is in the file once. Earlier runs in the file, and files of another kind, are not
 * changed: a checkpoint contains the length of the file at the beginning of the run. Without it, as
 * in a checkpoint without such a listener, no lines are removed. Thread-safe.
 */
final class EpochFile {
  private static final int MAX_FIRST_LINE = 1 << 16;
  private static final long UNKNOWN = -1;
  private static final String START = "start";

  private final Path path;
  private final String beginning;
  private final Pattern number;

  /** The length of the file at the beginning of the run. */
  private volatile long start = UNKNOWN;

  /**
   * Creates a file of a kind.
   *
   * @param path the file
   * @param beginning the beginning of such a file
   * @param number finds the number of the epoch in a line, as its first group
   */
  EpochFile(Path path, String beginning, Pattern number) {
    this.path = path;
    this.beginning = beginning;
    this.number = number;
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  ListenerState state() {
    return start == UNKNOWN ? ListenerState.NONE : new ListenerState(Map.of(START, (double) start));
  }

  void restore(ListenerState state) {
    start = (long) Require.notNegative(state.number(START), name(), "length before the run");
  }

  /** Checks, before training, that lines can be appended. */
  void requireWritable() throws IOException {
    FileAccess.requireAppendable(path);
    if (Files.exists(path)) {
      FileAccess.requireReadable(path);
    }
    AtomicFile.deleteLeftovers(
        requireNonNull(path.toAbsolutePath().getParent()), Pattern.compile(Pattern.quote(name())));
  }

  /** Returns the first line, without its end and limited in length; empty if there is none. */
  String firstLine() throws IOException {
    if (Files.notExists(path)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(path)) {
      String start = new String(in.readNBytes(MAX_FIRST_LINE), UTF_8);
      return start.lines().findFirst().orElse("");
    }
  }

  /** Begins a run at the end of the file, or removes the lines that a resumed one writes again. */
  void begin(Training training) throws IOException {
    if (training.progress().steps() == 0) {
      start = UNKNOWN;
    }
    if (firstLine().startsWith(beginning)) {
      removeLinesFrom(training.progress().epoch());
    }
    if (start == UNKNOWN) {
      start = Files.exists(path) ? Files.size(path) : 0;
    }
  }

  private void removeLinesFrom(int epoch) throws IOException {
    String text = Files.readString(path, ISO_8859_1);
    int end = start == UNKNOWN ? text.length() : endBefore(epoch, text);
    boolean isIncomplete = end > 0 && text.charAt(end - 1) != '\n';
    if (isIncomplete || end < text.length()) {
      String kept = text.substring(0, end) + (isIncomplete ? "\n" : "");
      AtomicFile.write(path, out -> out.write(kept.getBytes(ISO_8859_1)));
    }
  }

  /** Returns the position of the first line that the run will write again. */
  private int endBefore(int epoch, String text) {
    int end = text.length();
    int later = Integer.MAX_VALUE;
    while (end > start) {
      int lineStart = text.lastIndexOf('\n', end - 2) + 1;
      Matcher line = number.matcher(text).region(lineStart, end);
      boolean isIncomplete = text.charAt(end - 1) != '\n' && !line.lookingAt();
      int found = line.lookingAt() ? Integer.parseInt(line.group(1)) : 0;
      if (!isIncomplete && (found < epoch || found >= later)) {
        return end;
      }
      later = isIncomplete ? later : found;
      end = lineStart;
    }
    return end;
  }

  void append(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
