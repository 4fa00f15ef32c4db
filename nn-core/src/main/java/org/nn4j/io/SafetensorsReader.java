package org.nn4j.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

/**
 * Reader of a safetensors file in two steps: the header, which is checked in full when the reader
 * is created, and then the tensors. A caller can refuse a file before anything is allocated for it.
 *
 * <pre>{@code
 * try (SafetensorsReader reader = SafetensorsReader.open(file)) {
 *   INDArray weight = reader.read("fc1.weight");
 * }
 * }</pre>
 *
 * <pre>
 * 8 bytes      the length of the header, unsigned, little-endian; at most 100,000,000
 * header       {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...,
 *               "__metadata__": {"name": "text", ...}}, spaces after it
 * data         each tensor row-major and little-endian, no overlap, no gap, nothing after it
 * </pre>
 *
 * <p>Source: the format of the safetensors library, <a
 * href="https://github.com/huggingface/safetensors#format">"Format"</a>, and the checks of its
 * reference implementation. In addition, the checksum in the metadata of this library's files is
 * compared, and unknown fields of a tensor are refused. A tensor of another dtype, such as F8_E4M3,
 * is refused when it is requested, not before. Not thread-safe.
 */
public final class SafetensorsReader implements Closeable {
  /** Bytes before the header. */
  static final int PREFIX = Long.BYTES;

  /** Opens the file from its beginning. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private final Source source;
  private final InputStream in;
  private final String file;
  private final SafetensorsHeader header;
  private final long dataStart;
  private boolean read;

  private SafetensorsReader(Source source, InputStream in, long length, String file)
      throws IOException {
    this.source = source;
    this.in = in;
    this.file = file;
    SafetensorsHeader.requirePrefix(file, length);
    long headerLength =
        ByteBuffer.wrap(in.readNBytes(PREFIX)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SafetensorsHeader.requireLength(file, headerLength, length - PREFIX);
    byte[] json = in.readNBytes((int) headerLength);
    this.dataStart = PREFIX + headerLength;
    this.header = SafetensorsJsonReader.read(file, json, length - PREFIX - headerLength);
  }

  /**
   * Opens a file and reads its header.
   *
   * @param file the file
   * @return a reader; close it
   * @throws ModelFormatException if the file does not have the format
   * @throws IOException if it cannot be read
   */
  public static SafetensorsReader open(Path file) throws IOException {
    Require.notNull(file, "SafetensorsReader.open", "file");
    FileAccess.requireReadable(file);
    Source source = () -> new BufferedInputStream(Files.newInputStream(file));
    InputStream in = source.open();
    try {
      return new SafetensorsReader(source, in, Files.size(file), file.toString());
    } catch (Throwable e) {
      in.close();
      throw e;
    }
  }

  /**
   * Reads the header of a file that is in memory.
   *
   * @param content the whole file
   * @param name its name in messages
   * @return a reader
   * @throws ModelFormatException if it does not have the format
   */
  public static SafetensorsReader of(byte[] content, String name) throws ModelFormatException {
    Require.notNull(content, "SafetensorsReader.of", "content");
    Require.notNull(name, "SafetensorsReader.of", "name");
    try {
      Source source = () -> new ByteArrayInputStream(content);
      return new SafetensorsReader(source, source.open(), content.length, name);
    } catch (ModelFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }

  /**
   * Returns the name of the file in messages.
   *
   * @return the name
   */
  public String file() {
    return file;
  }

  /**
   * Returns the header.
   *
   * @return the checked header
   */
  public SafetensorsHeader header() {
    return header;
  }

  /**
   * Returns the metadata.
   *
   * @return strings by name
   */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads all tensors, one after the other. The checksum, if the file has one, is compared after
   * the last.
   *
   * @param receiver called with each tensor's name and a new array
   * @throws ModelFormatException if the file became shorter since it was opened, a tensor has a
   *     dtype that cannot be read, or the checksum differs
   * @throws IOException if it cannot be read
   * @throws IllegalStateException if they were read before
   */
  public void forEach(BiConsumer<String, INDArray> receiver) throws IOException {
    Require.notNull(receiver, "SafetensorsReader.forEach", "receiver");
    if (read) {
      throw new IllegalStateException("the tensors of " + file + " were read; open it again");
    }
    read = true;
    ContentChecksum checksum = new ContentChecksum(header.metadata());
    for (TensorInfo tensor : header.tensors()) {
      receiver.accept(tensor.name(), checksum.read(tensor, in, file));
    }
    String written = header.metadata().getOrDefault(ContentChecksum.NAME, checksum.value());
    if (!written.equals(checksum.value())) {
      throw new ModelFormatException(
          file,
          "content",
          "CRC-32 " + written + " as when it was written",
          checksum.value(),
          "copy it again; if another program changed it on purpose, it should omit '"
              + ContentChecksum.NAME
              + "'");
    }
  }

  /**
   * Reads one tensor, without comparing the checksum, which is that of the whole content.
   *
   * @param name its name
   * @return a new array of the data type {@link TensorInfo#type}
   * @throws ModelFormatException if there is no such tensor, its dtype cannot be read, or the file
   *     became shorter since it was opened
   * @throws IOException if it cannot be read
   */
  public INDArray read(String name) throws IOException {
    Require.notNull(name, "SafetensorsReader.read", "name");
    for (TensorInfo tensor : header.tensors()) {
      if (tensor.name().equals(name)) {
        try (InputStream data = source.open()) {
          data.skipNBytes(dataStart + tensor.begin());
          return TensorData.read(tensor, data, file);
        } catch (EOFException e) {
          throw TensorData.cutShort(tensor, file);
        }
      }
    }
    throw new ModelFormatException(
        file,
        "tensors",
        "one named '" + Texts.brief(name) + "'",
        header.tensors().isEmpty()
            ? "none"
            : "only " + Texts.list(header.tensors().stream().map(TensorInfo::name).toList()),
        "name one of these");
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    in.close();
  }
}
