package org.nn4j.train;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nn4j.Require;
import org.nn4j.io.AtomicFile;

/**
 * What the checkpoints of a run are called.
 *
 * @param pattern a file name with {@code {step}} in the place of the number of steps
 */
record CheckpointName(String pattern) {
  private static final String STEP = "{step}";

  CheckpointName {
    boolean once = pattern.indexOf(STEP) >= 0 && pattern.indexOf(STEP) == pattern.lastIndexOf(STEP);
    boolean inTheFolder = pattern.indexOf('/') < 0 && pattern.indexOf('\\') < 0;
    Require.that(
        once && inTheFolder && pattern.endsWith(Checkpoints.ENDING) && !pattern.startsWith("."),
        "CheckpointListener",
        "a file name such as 'checkpoint-{step}.safetensors'",
        "'" + pattern + "'",
        "name a file of the folder, with {step} once");
  }

  /** With leading zeros, so that a list of the names is in order. */
  String of(long steps) {
    return pattern.replace(STEP, String.format(Locale.ROOT, "%09d", steps));
  }

  String ofBest() {
    return pattern.replace(STEP, "best");
  }

  /** The files of this name in a folder, by their steps. */
  NavigableMap<Long, Path> in(Path folder) throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path file : stream) {
        Matcher name = steps().matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          files.put(Long.valueOf(name.group(1)), file);
        }
      }
    }
    return files;
  }

  /** Deletes what a process left that was killed while it wrote such a file. */
  void deleteLeftovers(Path folder) throws IOException {
    AtomicFile.deleteLeftovers(folder, names("[0-9]{9,18}|best"));
  }

  private Pattern steps() {
    return names("[0-9]{9,18}");
  }

  private Pattern names(String step) {
    int at = pattern.indexOf(STEP);
    return Pattern.compile(
        Pattern.quote(pattern.substring(0, at))
            + "("
            + step
            + ")"
            + Pattern.quote(pattern.substring(at + STEP.length())));
  }
}
