package org.nn4j.internal.download;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.internal.file.FolderLock;
import org.nn4j.io.FileAccess;
import org.nn4j.mnist.DownloadListener;

/** Download of the missing files of a set into a folder. */
public final class Download {
  private final List<RemoteFile> files;
  private final Origin origin;
  private final Path folder;
  private final HttpTransfer transfer;
  private final DownloadListener listener;

  /**
   * Origin of files on the network.
   *
   * @param mirrors folders on the network, in the order in which they are tried
   * @param archive the ZIP file on the mirrors that contains the files, or null if the mirrors have
   *     the files themselves
   * @param archiveFolder the prefix of their names in the archive
   */
  public record Origin(List<URI> mirrors, @Nullable RemoteFile archive, String archiveFolder) {
    /**
     * Returns the origin of single files on mirrors.
     *
     * @param mirrors the addresses of folders, each ending with a slash
     * @return the origin
     */
    public static Origin of(String... mirrors) {
      return new Origin(Stream.of(mirrors).map(URI::create).toList(), null, "");
    }

    /**
     * Returns these mirrors as the origin of files in an archive.
     *
     * @param zip the archive
     * @param zipFolder the prefix of the names in the archive
     * @return the origin
     */
    public Origin inArchive(RemoteFile zip, String zipFolder) {
      return new Origin(mirrors, zip, zipFolder);
    }
  }

  /**
   * Creates a download with the default time limits.
   *
   * @param files the files of the folder
   * @param origin their place on the network
   * @param folder the folder, which is created if it does not exist
   * @param listener called for each event
   */
  public Download(List<RemoteFile> files, Origin origin, Path folder, DownloadListener listener) {
    this(files, origin, folder, TimeLimits.DEFAULT, listener);
  }

  Download(
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

  /**
   * Downloads the missing files. Does nothing if all files exist and are valid.
   *
   * @param offline whether the network must not be used
   * @throws IOException if no mirror sends a complete missing file, or it cannot be written
   */
  public void run(boolean offline) throws IOException {
    List<RemoteFile> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    FileAccess.makeFolder(folder);
    Optional<FolderLock> lock = tryLock();
    try {
      fetch(missing, offline, lock.isPresent());
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /**
   * Locks the folder, if possible. Without the lock, a download writes its own partial files
   * instead of waiting.
   */
  private Optional<FolderLock> tryLock() {
    try {
      return FolderLock.tryLock(folder, this);
    } catch (IOException noLocksOrAFileOfAnotherProgram) {
      return Optional.empty();
    }
  }

  private List<RemoteFile> missing() {
    List<RemoteFile> missing = new ArrayList<>();
    for (RemoteFile file : files) {
      if (!isThere(file, file.plainName()) && !isThere(file, file.name())) {
        missing.add(file);
      }
    }
    return missing;
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

  private void fetch(List<RemoteFile> missing, boolean offline, boolean locked) throws IOException {
    RemoteFile archive = origin.archive();
    if (archive == null) {
      download(missing, offline, locked);
    } else {
      if (!isThere(archive, archive.name())) {
        download(List.of(archive), offline, locked);
      }
      extract(missing, folder.resolve(archive.name()));
    }
  }

  private void download(List<RemoteFile> missing, boolean offline, boolean locked)
      throws IOException {
    for (RemoteFile file : missing) {
      if (offline) {
        throw new IOException(
            Require.message(
                "Download",
                file.name() + " in " + folder,
                "none, and the network is switched off",
                "put the file there, or unset NN4J_OFFLINE and the property nn4j.offline"));
      }
      new FileDownload(file, folder, locked, transfer, listener).run(origin.mirrors());
    }
  }

  private void extract(List<RemoteFile> missing, Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (RemoteFile file : missing) {
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
