package org.nn4j.train.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.io.FileAccess;
import org.nn4j.train.Training;

/**
 * File with one line for each epoch.
 *
 * <p>A run that is resumed in another process starts at its last checkpoint and trains the epochs
 * after it again. Their lines, and a last line that is incomplete, are removed first, so that each
 * epoch of a run is in the file once. Earlier runs in the file, and files of another kind, are not
 * changed.
 *
 * @param path the file
 * @param beginning the beginning of such a file
 * @param number finds the number of the epoch in a line, as its first group
 */
record EpochFile(Path path, String beginning, Pattern number) {
  private static final int MAX_FIRST_LINE = 1 << 16;

  /** Checks, before training, that lines can be appended. */
  void requireWritable() throws IOException {
    FileAccess.requireAppendable(path);
    if (Files.exists(path)) {
      FileAccess.requireReadable(path);
    }
    AtomicFile.deleteLeftovers(
        requireNonNull(path.toAbsolutePath().getParent()),
        Pattern.compile(Pattern.quote(String.valueOf(path.getFileName()))));
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

  /** Removes the lines that the run will write again. */
  void resume(Training training) throws IOException {
    if (!firstLine().startsWith(beginning)) {
      return;
    }
    String text = Files.readString(path, ISO_8859_1);
    int end =
        training.progress().steps() > 0
            ? endBefore(training.progress().epoch(), text)
            : text.length();
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
    while (end > 0) {
      int start = text.lastIndexOf('\n', end - 2) + 1;
      Matcher line = number.matcher(text).region(start, end);
      boolean isIncomplete = text.charAt(end - 1) != '\n' && !line.lookingAt();
      int found = line.lookingAt() ? Integer.parseInt(line.group(1)) : 0;
      if (!isIncomplete && (found < epoch || found >= later)) {
        return end;
      }
      later = isIncomplete ? later : found;
      end = start;
    }
    return end;
  }

  void append(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
