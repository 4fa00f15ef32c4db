package org.nn4j.train;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Search for the checkpoints of a run among all {@code .safetensors} files of a folder.
 * Thread-safe.
 *
 * <pre>{@code
 * Optional<Checkpoint> newest = Checkpoints.newest(folder);
 * if (newest.isPresent()) {
 *   trainer.resume(newest.get());
 * }
 * trainer.fit(data);
 * }</pre>
 */
public final class Checkpoints {
  /** Extension of the files. */
  static final String ENDING = ".safetensors";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private Checkpoints() {}

  /**
   * Returns the checkpoint of a folder with the most steps. Damaged files are skipped and logged as
   * warnings.
   *
   * @param folder a folder with the files of one run; it need not exist
   * @return the checkpoint; empty if there is none
   * @throws org.nn4j.io.ModelFormatException if there are files, but all are damaged
   * @throws IOException if the folder cannot be read
   */
  public static Optional<Checkpoint> newest(Path folder) throws IOException {
    return newest(folder, LOG);
  }

  static Optional<Checkpoint> newest(Path folder, Logger log) throws IOException {
    Require.notNull(folder, "Checkpoints.newest", "folder");
    IOException damage = null;
    List<FileProgress> candidates = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        Checkpoint.progressOf(file).ifPresent(at -> candidates.add(new FileProgress(at, file)));
      } catch (IOException e) {
        damage = passOver(e, damage, log);
      }
    }
    candidates.sort(Comparator.comparing(FileProgress::at, FileProgress.FURTHEST_FIRST));
    for (FileProgress candidate : candidates) {
      try {
        return Optional.of(Checkpoint.load(candidate.file()));
      } catch (IOException e) {
        damage = passOver(e, damage, log);
      }
    }
    if (damage != null) {
      throw damage;
    }
    return Optional.empty();
  }

  private static IOException passOver(
      IOException damage, @Nullable IOException before, Logger log) {
    log.warn("checkpoint skipped: {}", damage.toString());
    if (before != null) {
      damage.addSuppressed(before);
    }
    return damage;
  }

  /**
   * Returns a checkpoint, or the newest of a folder.
   *
   * @throws FileNotFoundException if there is none
   */
  static Checkpoint at(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return Checkpoint.load(path);
    }
    return newest(path)
        .orElseThrow(
            () ->
                new FileNotFoundException(
                    Require.message(
                        "Checkpoints",
                        "a checkpoint or a folder of checkpoints",
                        "none at " + path,
                        "start the run again, or pass the folder of its checkpoints")));
  }

  /** Returns the files that may be checkpoints, by name. */
  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + ENDING)) {
        stream.forEach(files::add);
      }
      files.sort(null);
    }
    return files;
  }

  /** File with its position in the run. */
  private record FileProgress(Progress at, Path file) {
    /** The end of an epoch is further than its last step. */
    static final Comparator<Progress> FURTHEST_FIRST =
        Comparator.comparingLong(Progress::steps).thenComparingInt(Progress::epoch).reversed();
  }
}
