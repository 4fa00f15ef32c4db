package org.nn4j.mnist;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.nn4j.Require;
import org.nn4j.io.AtomicFile;
import org.nn4j.io.FileAccess;
import org.nn4j.io.FolderLock;

/** Brings the files of a set into a folder, those that are not there yet. */
final class SetDownload {
  private final List<RemoteFile> files;
  private final Origin origin;
  private final Path folder;
  private final HttpTransfer transfer;
  private final DownloadListener listener;

  SetDownload(
      List<RemoteFile> files,
      Origin origin,
      Path folder,
      TimeLimits limits,
      DownloadListener listener) {
    this.files = files;
    this.origin = origin;
    this.folder = folder;
    this.transfer = new HttpTransfer(limits);
    this.listener = listener;
  }

  /** Needs no network, and changes nothing, where all files are there and sound. */
  void run(boolean offline) throws IOException {
    List<RemoteFile> lacking = lacking();
    if (lacking.isEmpty()) {
      return;
    }
    FileAccess.makeFolder(folder);
    Optional<FolderLock> lock = tryLock();
    try {
      fetch(lacking, offline, lock.isPresent());
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /** Who does not get it need not wait, and downloads into files of its own. */
  private Optional<FolderLock> tryLock() {
    try {
      return FolderLock.tryLock(folder, this);
    } catch (IOException noLocks) {
      return Optional.empty();
    }
  }

  private List<RemoteFile> lacking() {
    List<RemoteFile> lacking = new ArrayList<>();
    for (RemoteFile file : files) {
      if (!isThere(file, file.plainName()) && !isThere(file, file.name())) {
        lacking.add(file);
      }
    }
    return lacking;
  }

  private boolean isThere(RemoteFile file, String name) {
    Path place = folder.resolve(name);
    if (!Files.isRegularFile(place)) {
      return false;
    }
    try {
      file.verify(place, name.equals(file.name()));
      return true;
    } catch (IOException notSound) {
      return false;
    }
  }

  private void fetch(List<RemoteFile> lacking, boolean offline, boolean locked) throws IOException {
    RemoteFile archive = origin.archive();
    if (archive == null) {
      download(lacking, offline, locked);
    } else {
      if (!isThere(archive, archive.name())) {
        download(List.of(archive), offline, locked);
      }
      extract(lacking, folder.resolve(archive.name()));
    }
  }

  private void download(List<RemoteFile> lacking, boolean offline, boolean locked)
      throws IOException {
    for (RemoteFile file : lacking) {
      if (offline) {
        throw new IOException(
            Require.message(
                "Download",
                file.name() + " in " + folder,
                "none, and the network switched off",
                "put the file there, or unset NN4J_OFFLINE and the property nn4j.offline"));
      }
      new FileDownload(file, folder, locked, transfer, listener).run(origin.mirrors());
    }
  }

  private void extract(List<RemoteFile> lacking, Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (RemoteFile file : lacking) {
        extract(file, zip, archive);
      }
    }
  }

  private void extract(RemoteFile file, ZipFile zip, Path archive) throws IOException {
    ZipEntry entry = zip.getEntry(origin.archiveFolder() + file.name());
    if (entry == null) {
      throw new FileNotFoundException(
          Require.message(
              archive.toString(),
              "an entry " + origin.archiveFolder() + file.name(),
              "none",
              "remove the archive and download it again"));
    }
    Path place = folder.resolve(file.name());
    try (AtomicFile whole = AtomicFile.create(place);
        InputStream content = zip.getInputStream(entry)) {
      content.transferTo(whole.out());
      whole.commit();
    }
    file.verify(place, true);
    listener.onDone(place);
  }
}
