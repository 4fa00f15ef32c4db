package org.nn4j.train;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Texts;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.internal.file.FolderLock;
import org.nn4j.io.FileAccess;
import org.nn4j.persistence.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folder of the checkpoints of one run, locked during a fit. Not thread-safe. */
final class CheckpointFolder {
  static final String NAME = "CheckpointListener";

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointListener.class);
  private static final String STEP = "{step}";
  private static final String STEPS = "[0-9]{9,18}";

  private final Path folder;
  private final String pattern;
  private @Nullable FolderLock lock;

  /**
   * Creates a folder of files named by a pattern with {@code {step}} instead of the number of
   * steps.
   */
  CheckpointFolder(Path folder, String pattern) {
    boolean once = pattern.indexOf(STEP) >= 0 && pattern.indexOf(STEP) == pattern.lastIndexOf(STEP);
    boolean inTheFolder = pattern.indexOf('/') < 0 && pattern.indexOf('\\') < 0;
    Require.that(
        once && inTheFolder && pattern.endsWith(Checkpoints.ENDING) && !pattern.startsWith("."),
        NAME,
        "a file name such as 'checkpoint-{step}.safetensors'",
        "'" + pattern + "'",
        "pass a name with {step} once that ends in .safetensors");
    this.folder = folder;
    this.pattern = pattern;
  }

  /** Returns the file of a checkpoint; leading zeros keep the names in order. */
  private Path file(long steps) {
    return folder.resolve(pattern.replace(STEP, String.format(Locale.ROOT, "%09d", steps)));
  }

  private Path best() {
    return folder.resolve(pattern.replace(STEP, "best"));
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

  /** Returns the checkpoints by their steps. */
  private NavigableMap<Long, Path> files() throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path file : stream) {
        Matcher name = names(STEPS).matcher(String.valueOf(file.getFileName()));
        if (name.matches() && Files.isRegularFile(file)) {
          files.put(Long.valueOf(name.group(1)), file);
        }
      }
    }
    return files;
  }

  /** Locks the folder for a run and checks that its checkpoints can be written. */
  void open(Training training) throws IOException {
    FileAccess.makeFolder(folder);
    lock(training);
    // A process that was killed may have left incomplete files.
    AtomicFile.deleteLeftovers(folder, names(STEPS + "|best"));
    long steps = training.progress().steps();
    refuseLaterThan(steps);
    FileAccess.requireWritable(file(steps));
    FileAccess.requireWritable(best());
  }

  private void lock(Training training) throws IOException {
    try {
      lock = FolderLock.tryLock(folder, training).orElseThrow(this::isLocked);
    } catch (FileAlreadyExistsException ofAnotherProgram) {
      throw ofAnotherProgram;
    } catch (IOException noLocks) {
      LOG.warn("{}, {}: no lock: {}", NAME, folder, noLocks.toString());
    }
  }

  private IllegalStateException isLocked() {
    return new IllegalStateException(
        Require.message(
            NAME + ", " + folder,
            "a folder that no other run writes to",
            FolderLock.holder(folder).map("the run of process "::concat).orElse("another run"),
            "wait until it ends, or use another folder for each run"));
  }

  /** Refuses checkpoints of another run, which would count as the newest of this one. */
  private void refuseLaterThan(long steps) throws IOException {
    List<String> later = new ArrayList<>();
    for (Path file : files().tailMap(steps, false).values()) {
      if (isComplete(file)) {
        later.add(String.valueOf(file.getFileName()));
      }
    }
    if (!later.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              NAME + ", " + folder,
              "no checkpoint of more steps than the " + steps + " of this run",
              Texts.list(later),
              "resume from the newest, trainer.resume(folder), use another folder for each run, or"
                  + " delete them"));
    }
  }

  private static boolean isComplete(Path file) {
    try {
      return Checkpoint.progressOf(file).isPresent();
    } catch (IOException damaged) {
      return false;
    }
  }

  /** Writes a checkpoint and deletes all but the last ones. */
  void save(Checkpoint checkpoint, int kept) throws IOException {
    long steps = checkpoint.progress().steps();
    FileAccess.saveOrRescue(file(steps), checkpoint::save);
    NavigableMap<Long, Path> files = files().headMap(steps, true);
    while (files.size() > kept) {
      Files.deleteIfExists(files.pollFirstEntry().getValue());
    }
  }

  void saveBest(Checkpoint checkpoint) throws IOException {
    FileAccess.saveOrRescue(best(), checkpoint::save);
  }

  void close() {
    FolderLock held = lock;
    lock = null;
    if (held != null) {
      try {
        held.close();
      } catch (IOException e) {
        LOG.warn("{}, {}: {}", NAME, folder, e.toString());
      }
    }
  }
}
