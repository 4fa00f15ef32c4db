package org.nn4j.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.nn4j.internal.Texts;
import org.nn4j.io.FileAccess;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.SafetensorsHeader;
import org.nn4j.io.SafetensorsReader;

/**
 * Open file with tensors. Its first bytes determine the format.
 *
 * @param tensors the tensors, with distinct names
 * @param isOrdered whether they are in the order in which the program listed them
 * @param source closes the file
 */
record TensorFile(List<StoredTensor> tensors, boolean isOrdered, Closeable source)
    implements Closeable {
  private static final String NPY = ".npy";

  private static final String KERAS_FILE = "model.weights.h5";

  private static final String OF_KERAS =
      "save arrays in Keras: numpy.savez(file, **{w.path: w.numpy() for w in model.weights})";

  private static final String OF_TORCH =
      "save tensors in PyTorch 1.6 or newer: torch.save(model.state_dict(), file)";

  static TensorFile open(Path file) throws IOException {
    FileAccess.requireReadable(file);
    byte[] begin;
    try (InputStream in = Files.newInputStream(file)) {
      begin = Arrays.copyOf(in.readNBytes(Long.BYTES), Long.BYTES);
    }
    long length = ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String magic = HexFormat.of().formatHex(begin);
    if (length >= 0 && length <= SafetensorsHeader.MAX_BYTES) {
      return ofSafetensors(file);
    } else if (magic.startsWith("504b03") || magic.startsWith("504b05")) {
      return ofArchive(file);
    } else if (magic.startsWith("934e554d5059")) {
      return ofArray(file);
    } else if (magic.equals("894844460d0a1a0a")) {
      throw unknown(file, "an HDF5 file", OF_KERAS);
    } else if (magic.startsWith("80028a0a6cfc")) {
      throw unknown(file, "a file of PyTorch before 1.6, or of its format", OF_TORCH);
    } else if (magic.matches("800[2-5].*")) {
      throw unknown(file, "a pickle", OF_TORCH);
    }
    return ofSafetensors(file);
  }

  private static ModelFormatException unknown(Path file, String found, String remedy) {
    return new ModelFormatException(
        file.toString(),
        "byte 0",
        "a safetensors file, a state_dict of PyTorch, or arrays of NumPy (.npz, .npy)",
        found,
        remedy);
  }

  private static TensorFile ofSafetensors(Path file) throws IOException {
    SafetensorsReader reader = SafetensorsReader.open(file);
    return new TensorFile(
        reader.header().tensors().stream()
            .map(
                info ->
                    new StoredTensor(
                        info.name(), info.dtype(), info.shape(), () -> reader.read(info.name())))
            .toList(),
        false,
        reader);
  }

  private static TensorFile ofArray(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      NumpyArray array = new NumpyArray(in, Files.size(file), file.toString(), stem(file));
      StoredTensor.Source source =
          () -> {
            try (InputStream again = Files.newInputStream(file)) {
              return array.read(again);
            }
          };
      return new TensorFile(
          List.of(new StoredTensor(stem(file), array.type(), array.shape(), source)),
          true,
          () -> {});
    }
  }

  private static TensorFile ofArchive(Path file) throws IOException {
    Archive archive = Archive.open(file);
    try {
      Optional<List<StoredTensor>> torch = TorchFile.tensors(archive, stem(file));
      List<StoredTensor> tensors = torch.isPresent() ? torch.get() : arrays(archive, file);
      Set<String> names = new HashSet<>();
      for (StoredTensor tensor : tensors) {
        if (!names.add(tensor.name())) {
          throw archive.wrong(tensor.name(), "tensors with distinct names", "two");
        }
      }
      return new TensorFile(tensors, true, archive);
    } catch (Throwable e) {
      archive.close();
      throw e;
    }
  }

  private static List<StoredTensor> arrays(Archive archive, Path file) throws IOException {
    List<StoredTensor> arrays = new ArrayList<>();
    for (ZipEntry entry : archive.entries().values()) {
      String entryName = entry.getName();
      if (!entryName.endsWith(NPY)) {
        throw unknown(
            file,
            "a ZIP file with '" + Texts.brief(entryName) + "'",
            archive.entries().containsKey(KERAS_FILE) ? OF_KERAS : "save one of these formats");
      }
      String name = entryName.substring(0, entryName.length() - NPY.length());
      NumpyArray array =
          archive.open(entry, in -> new NumpyArray(in, entry.getSize(), file.toString(), name));
      arrays.add(
          new StoredTensor(
              name, array.type(), array.shape(), () -> archive.read(entry, array::read)));
    }
    return arrays;
  }

  /** The name of the file without its folder and ending. */
  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
