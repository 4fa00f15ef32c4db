package org.nn4j.mnist;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.nn4j.Require;
import org.nn4j.io.FileAccess;

/**
 * MNIST as Keras keeps it: a ZIP file of four NPY arrays of unsigned bytes, {@code x_train}, {@code
 * y_train}, {@code x_test} and {@code y_test}.
 *
 * @param file the archive
 */
record KerasArchive(Path file) implements SetFiles {
  static final String NAME = "mnist.npz";

  @Override
  public LabeledImages load() throws IOException {
    ImageSet set = ImageSet.MNIST;
    FileAccess.requireReadable(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      IdxPair train = pair(zip, "train", set.classNames().size());
      IdxPair test = pair(zip, "test", set.classNames().size());
      test.requireImageSizeOf(train);
      return new LabeledImages(train.dataset(), test.dataset(), set.classNames());
    } catch (ZipException | EOFException e) {
      throw wrong("a sound NPZ archive", e.toString(), e);
    } catch (IdxFormatException e) {
      // Offsets in an IDX file say nothing of a place in this one.
      throw wrong(e.expected(), e.found(), e);
    }
  }

  private IdxPair pair(ZipFile zip, String part, int classes) throws IOException {
    IdxFile images = array(zip, "x_" + part, 3);
    return IdxPair.of(images, array(zip, "y_" + part, 1), 0, classes);
  }

  private IdxFile array(ZipFile zip, String name, int rank) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new FileNotFoundException(message("an array " + name, "none"));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      Npy array = new Npy(in, file + ", array " + name, Gzip.mostExpanded(Files.size(file)));
      return new IdxFile(Path.of(name), array.readUnsignedBytes(rank));
    }
  }

  private String message(String expected, String found) {
    return Require.message(
        "NPZ file " + file, expected, found, "fetch the file again, or give the four IDX files");
  }

  private IOException wrong(String expected, String found, IOException cause) {
    return new IOException(message(expected, found), cause);
  }
}
