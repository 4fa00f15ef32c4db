package org.nn4j.tuning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.nn4j.Require;
import org.nn4j.io.FileAccess;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Settings;
import org.nn4j.persistence.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folder of a cross-validation or a search, locked against others until it is closed. */
final class RunFolder implements RunStore {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final String SETTINGS = "settings.json";

  private final Path folder;
  private final FileChannel lock;

  private RunFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Creates and locks a folder, and checks that it can be written.
   *
   * @param settings those of the cross-validation or search, to be compared with those of the
   *     folder
   */
  static RunFolder open(Path folder, Settings settings) throws IOException {
    FileAccess.makeFolder(folder);
    FileAccess.requireWritable(folder.resolve(SETTINGS));
    FileChannel lock = openLock(folder.resolve(".lock"));
    RunFolder opened = new RunFolder(folder, lock);
    try {
      opened.requireUnlocked(locked(lock));
      opened.requireSame(settings);
      return opened;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Opens the lock file, which stays as it is: its content may be of another program. */
  private static FileChannel openLock(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new FileAlreadyExistsException(
          file.toString(),
          null,
          "expected a file to lock, found a symbolic link; use another folder, or move it away");
    }
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<FileLock> locked(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private void requireUnlocked(Optional<FileLock> found) {
    if (found.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              "folder " + folder,
              "a folder that nothing else writes to",
              "one that is in use",
              "wait until the other run ends, or name another folder"));
    }
  }

  private void requireSame(Settings settings) throws IOException {
    Path file = folder.resolve(SETTINGS);
    if (!Files.exists(file)) {
      write(SETTINGS, settings + "\n");
      return;
    }
    List<String> differences;
    try {
      differences = Settings.parse(Files.readString(file)).differences(settings);
    } catch (IllegalArgumentException e) {
      differences = List.of(String.valueOf(e.getMessage()));
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          Require.message(
              "folder " + folder,
              "the results of the same settings",
              String.join(", ", differences),
              "use the settings of the folder, or name another folder"));
    }
  }

  @Override
  public Optional<Checkpoint> read(String name) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Checkpoint.load(file));
    } catch (ModelFormatException damaged) {
      LOG.warn("repeated, as its result is damaged: {}", damaged.toString());
      return Optional.empty();
    }
  }

  @Override
  public void save(String name, Checkpoint checkpoint) throws IOException {
    checkpoint.save(file(name));
  }

  private Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }

  @Override
  public boolean isOnDisk() {
    return true;
  }

  /** Writes the whole file or nothing. */
  void write(String name, String text) throws IOException {
    FileAccess.write(folder.resolve(name), text.getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
