package org.nn4j.mnist;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A file that comes into being whole or not at all: it is written beside its place under a name of
 * its own, and moved there when it is complete. Not thread-safe; two writers of one file do not
 * hurt each other, and the later one wins.
 */
final class AtomicFile implements Closeable {
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final OutputStream out;

  private AtomicFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    this.out = Channels.newOutputStream(channel);
  }

  static AtomicFile create(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(target.toString(), null, "there is no folder " + folder);
    }
    // Not Files.createTempFile, whose files only their owner may read.
    Path temporary = folder.resolve(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    return new AtomicFile(target, temporary, FileChannel.open(temporary, CREATE_NEW, WRITE));
  }

  /** Takes the content. Closing it is not needed, and too early before {@link #commit}. */
  OutputStream out() {
    return out;
  }

  /** Puts the file in its place; what stood there is replaced. */
  void commit() throws IOException {
    // Before the move, so that a loss of power cannot leave an empty file in the place.
    channel.force(true);
    channel.close();
    Files.move(temporary, target, ATOMIC_MOVE);
  }

  /** Leaves nothing behind of a file that was not committed. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
