package org.nn4j.mnist;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one download, among all threads and processes, to the partial files of a folder. It
 * ends with the process, however that ends. Who does not get it, or where the file system knows no
 * locks, need not wait: he downloads into files of his own.
 */
final class FolderLock implements Closeable {
  /**
   * Asked before the lock on the file, which is one for the whole process: a second channel to the
   * file would give up the lock of the first when it is closed.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static Optional<FolderLock> tryLock(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD_HERE.add(real)) {
      return Optional.empty();
    }
    Optional<FolderLock> lock = Optional.empty();
    try {
      lock = lockFile(real);
    } finally {
      if (lock.isEmpty()) {
        HELD_HERE.remove(real);
      }
    }
    return lock;
  }

  private static Optional<FolderLock> lockFile(Path folder) throws IOException {
    FileChannel channel = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return Optional.ofNullable(lock).map(held -> new FolderLock(folder, channel));
    } catch (IOException noLocksHere) {
      return Optional.empty();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  /** The file stays: were it deleted, two processes could hold locks on two files of its name. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
