package org.nn4j.internal.file;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owner, group and permissions of a file, where the file system has those of POSIX. */
final class FileRights {
  private static final Set<PosixFilePermission> OF_THE_GROUP =
      Set.of(GROUP_READ, GROUP_WRITE, GROUP_EXECUTE);

  private FileRights() {}

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class);
  }

  /**
   * Creates an empty file that only its owner can read, until it has the permissions of another.
   */
  static void createPrivate(Path file) throws IOException {
    if (view(file) == null) {
      Files.createFile(file);
    } else {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(EnumSet.of(OWNER_READ, OWNER_WRITE)));
    }
  }

  /**
   * Copies the permissions of one file to another, and its owner and group if this user may. A
   * different group gets no permissions.
   */
  static void copy(Path from, Path to) throws IOException {
    PosixFileAttributeView source = view(from);
    PosixFileAttributeView target = view(to);
    if (source == null || target == null) {
      return;
    }
    PosixFileAttributes old = source.readAttributes();
    PosixFileAttributes made = target.readAttributes();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(old.permissions());
    if (!old.group().equals(made.group()) && !isDone(() -> target.setGroup(old.group()))) {
      permissions.removeAll(OF_THE_GROUP);
    }
    if (!old.owner().equals(made.owner())) {
      isDone(() -> target.setOwner(old.owner()));
    }
    if (!permissions.equals(made.permissions())) {
      target.setPermissions(permissions);
    }
  }

  @FunctionalInterface
  private interface Change {
    void run() throws IOException;
  }

  private static boolean isDone(Change change) {
    try {
      change.run();
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }
}
