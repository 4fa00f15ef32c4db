package org.nn4j.io;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.ElementType;
import org.nn4j.internal.Texts;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.internal.memory.Detached;

/**
 * Content of a safetensors file: named tensors and metadata (see {@link SafetensorsReader} for the
 * layout).
 *
 * <p>Tensors are FLOAT, DOUBLE, LONG, INT, SHORT, BYTE, UBYTE or BOOL, of any shape; the widest
 * elements are written first, so that each tensor begins at a multiple of its width. The arrays are
 * not copied. Thread-safe while no thread changes them.
 *
 * @param tensors the tensors by name
 * @param metadata strings by name
 */
public record Safetensors(Map<String, INDArray> tensors, Map<String, String> metadata) {
  /**
   * Checks the arguments.
   *
   * @param tensors the tensors by name
   * @param metadata strings by name
   * @throws IllegalArgumentException if a tensor has another data type, or the name of the metadata
   */
  public Safetensors {
    Checks.noNulls(tensors, "Safetensors", "tensors");
    Checks.noNulls(metadata, "Safetensors", "metadata");
    Map<String, INDArray> lasting = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> lasting.put(name, Detached.of(tensor)));
    tensors = Collections.unmodifiableMap(lasting);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    Require.that(
        !tensors.containsKey(SafetensorsHeader.METADATA),
        "Safetensors",
        "tensors of other names than the metadata",
        SafetensorsHeader.METADATA);
    tensors.forEach(
        (name, tensor) ->
            Require.that(
                ElementType.of(tensor.dataType()).isPresent(),
                "Safetensors",
                "tensors of data type FLOAT, DOUBLE, LONG, INT, SHORT, BYTE, UBYTE or BOOL",
                "'" + Texts.brief(name) + "' of " + tensor.dataType()));
  }

  /**
   * Reads a file with all its tensors. {@link SafetensorsReader#read} reads single ones.
   *
   * @param file the file
   * @return its content, the tensors in the order of the file, of the data types of {@link
   *     TensorInfo#type}
   * @throws ModelFormatException if the file does not have the format, or a tensor has a dtype that
   *     cannot be read
   * @throws IOException if it cannot be read
   */
  public static Safetensors read(Path file) throws IOException {
    Require.notNull(file, "Safetensors.read", "file");
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      return read(reader);
    }
  }

  static Safetensors read(SafetensorsReader reader) throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    reader.forEach(tensors::put);
    Map<String, String> metadata = new LinkedHashMap<>(reader.metadata());
    metadata.remove(ContentChecksum.NAME);
    return new Safetensors(tensors, metadata);
  }

  /**
   * Writes a file atomically, with a checksum of its content in the metadata as {@code nn4j_crc32}.
   *
   * @param file the file to create or replace
   * @throws IOException if it cannot be written; an existing file is unchanged then
   * @throws IllegalArgumentException if the header would be too large
   */
  public void write(Path file) throws IOException {
    Require.notNull(file, "Safetensors.write", "file");
    AtomicFile.write(file, this::writeTo);
  }

  void writeTo(OutputStream out) throws IOException {
    List<TensorInfo> infos = infos();
    SafetensorsHeader header = new SafetensorsHeader(infos, withChecksum(infos));
    byte[] json = SafetensorsJsonWriter.write(header);
    out.write(
        ByteBuffer.allocate(SafetensorsReader.PREFIX)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .array());
    out.write(json);
    for (TensorInfo tensor : header.tensors()) {
      TensorData.write(requireNonNull(tensors.get(tensor.name())), out);
    }
  }

  private Map<String, String> withChecksum(List<TensorInfo> infos) throws IOException {
    ContentChecksum checksum = new ContentChecksum(metadata);
    for (TensorInfo info : infos) {
      INDArray tensor = requireNonNull(tensors.get(info.name()));
      checksum.write(info, tensor, OutputStream.nullOutputStream());
    }
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(ContentChecksum.NAME, checksum.value());
    return more;
  }

  private List<TensorInfo> infos() {
    List<Map.Entry<String, INDArray>> widestFirst = new ArrayList<>(tensors.entrySet());
    widestFirst.sort(Comparator.comparingInt(entry -> -entry.getValue().dataType().width()));
    List<TensorInfo> infos = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, INDArray> entry : widestFirst) {
      INDArray tensor = entry.getValue();
      List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
      long end = offset + tensor.length() * tensor.dataType().width();
      String dtype = ElementType.of(tensor.dataType()).orElseThrow().name();
      infos.add(new TensorInfo(entry.getKey(), dtype, shape, offset, end));
      offset = end;
    }
    return infos;
  }
}
