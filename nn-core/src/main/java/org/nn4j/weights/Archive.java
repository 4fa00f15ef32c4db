package org.nn4j.weights;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.Texts;
import org.nn4j.io.ModelFormatException;

/** ZIP file whose entries are verified by size and checksum before use. */
final class Archive implements Closeable {
  /** Largest expansion factor of deflate. */
  private static final long MAX_EXPANDED = 1032;

  private static final int PIECE = 1 << 16;

  private static final String REMEDY = "copy the file again, or write it again";

  private final ZipFile zip;
  private final String file;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private final Set<String> compared = new HashSet<>();

  private Archive(ZipFile zip, Path file) throws IOException {
    this.zip = zip;
    this.file = file.toString();
    long length = Files.size(file);
    for (ZipEntry entry : Collections.list(zip.entries())) {
      long most =
          isStored(entry) ? entry.getCompressedSize() : MAX_EXPANDED * entry.getCompressedSize();
      if (entry.getCompressedSize() > length || entry.getSize() > most) {
        throw wrong(
            entry.getName(),
            "a size that fits the file",
            entry.getSize() + " bytes, " + entry.getCompressedSize() + " compressed");
      }
      if (entries.put(entry.getName(), entry) != null) {
        throw wrong(entry.getName(), "entries with distinct names", "two");
      }
    }
  }

  static Archive open(Path file) throws IOException {
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      throw new ModelFormatException(
          file.toString(),
          "archive",
          "a file of the default file system",
          "one of " + file.getFileSystem().getClass().getSimpleName(),
          "copy it to a file first");
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw damaged(file.toString(), "archive", e);
    }
    try {
      return new Archive(zip, file);
    } catch (IllegalArgumentException e) { // a name that is not UTF-8
      zip.close();
      throw damaged(file.toString(), "archive", e);
    } catch (Throwable e) {
      zip.close();
      throw e;
    }
  }

  static boolean isStored(ZipEntry entry) {
    return entry.getMethod() == ZipEntry.STORED;
  }

  /** The name of the file in messages. */
  String file() {
    return file;
  }

  /** The entries by name, in the order of the file. */
  Map<String, ZipEntry> entries() {
    return entries;
  }

  /** Use of the content of an entry. */
  @FunctionalInterface
  interface Use<T extends @Nullable Object> {
    T of(InputStream in) throws IOException;
  }

  /** Reads an entry after verifying its size and checksum. */
  <T> T read(ZipEntry entry, Use<T> use) throws IOException {
    if (!compared.contains(entry.getName())) {
      open(entry, in -> compare(entry, in));
      compared.add(entry.getName());
    }
    return open(entry, use);
  }

  /** Reads an entry without verification. */
  <T> T open(ZipEntry entry, Use<T> use) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return use.of(in);
    } catch (ZipException | EOFException e) {
      throw damaged(file, "entry '" + Texts.brief(entry.getName()) + "'", e);
    }
  }

  private Boolean compare(ZipEntry entry, InputStream content) throws IOException {
    CheckedInputStream in = new CheckedInputStream(content, new CRC32());
    byte[] piece = new byte[PIECE];
    long size = 0;
    for (int n = in.read(piece); n >= 0 && size <= entry.getSize(); n = in.read(piece)) {
      size += n;
    }
    if (size != entry.getSize()) {
      throw wrong(entry.getName(), entry.getSize() + " bytes", size + " bytes");
    }
    if (in.getChecksum().getValue() != entry.getCrc()) {
      throw wrong(
          entry.getName(),
          "CRC-32 " + Long.toHexString(entry.getCrc()),
          Long.toHexString(in.getChecksum().getValue()));
    }
    return true;
  }

  ModelFormatException wrong(String entry, String expected, String found) {
    return new ModelFormatException(
        file, "entry '" + Texts.brief(entry) + "'", expected, Texts.brief(found), REMEDY);
  }

  private static ModelFormatException damaged(String file, String place, Exception e) {
    return new ModelFormatException(
        file, place, "content of a ZIP file", String.valueOf(e.getMessage()), REMEDY, e);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
