package org.nn4j.predict;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Saved network that predicts in plain Java.
 *
 * <pre>{@code
 * Predictor digits = Predictor.load(Path.of("digits.safetensors"));
 * float[] probabilities = digits.predict(pixels);
 * }</pre>
 *
 * <p>The outputs equal those of {@code Network.predict} of nn-core apart from rounding, in single
 * precision whatever the type of the network. NaN in an input propagates to the outputs that depend
 * on it. Thread-safe, without locks.
 *
 * <p>Serializable: the serialized form is the model file, which is checked again on
 * deserialization.
 */
public final class Predictor implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** Maximum number of rows that are predicted together. */
  private static final int MAX_ROWS = 60;

  private static final int MAX_ELEMENTS = 1 << 20;

  /** Names of the source in messages. */
  static final String IN_STREAM = "in a stream";

  static final String IN_MEMORY = "in memory";

  private final transient byte[] bytes;
  private final transient Step[] steps;
  private final transient int inputSize;
  private final transient int outputSize;
  private final transient boolean hasCustomLayers;
  private final transient ModelInfo info;
  private final transient String lastActivation;

  /** The elements of the longest array that a step reads or writes. */
  private final transient int widest;

  private final transient int rowsTogether;

  /** Idle buffers: a call takes one, or creates one, and returns it. */
  private final transient AtomicReferenceArray<Buffers> idle;

  /** Buffers of one call. */
  private static final class Buffers {
    final float[][] first;
    final float[][] second;
    final int[] used;

    Buffers(int rows, int width) {
      this.first = new float[rows][width];
      this.second = new float[rows][width];
      this.used = new int[width];
    }
  }

  private Predictor(String name, byte[] bytes, Map<String, LayerReader> readers)
      throws ModelFormatException {
    TensorFile file = new TensorFile(name, bytes);
    ModelReader reader = new ModelReader(file, readers);
    LayerDescription network = reader.read();
    this.info = new ModelInfo(file, network.inputSize(), network.outputSize());
    this.lastActivation = reader.lastActivation();
    this.bytes = bytes;
    this.inputSize = network.inputSize();
    this.outputSize = network.outputSize();
    this.hasCustomLayers = !readers.isEmpty();
    List<Step> all = reader.steps();
    int longest = inputSize;
    for (Step step : all) {
      longest = Math.max(longest, step.room);
    }
    this.steps = all.toArray(new Step[0]);
    this.widest = longest;
    this.rowsTogether = Math.max(1, Math.min(MAX_ROWS, MAX_ELEMENTS / longest));
    this.idle = new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Loads a model file.
   *
   * @param file a file that {@code save} of nn-core wrote, or a checkpoint
   * @return a predictor
   * @throws ModelFormatException if the file is damaged, is not a model file, has a newer format,
   *     or has a user-defined layer or activation
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read, or is not a regular file
   */
  @NewerThanApi24
  public static Predictor load(Path file) throws IOException {
    return load(file, Collections.emptyMap());
  }

  /**
   * Loads a model file with user-defined layers or activations.
   *
   * @param file a file that {@code save} of nn-core wrote, or a checkpoint
   * @param readers by the name of the type in the file
   * @return a predictor
   * @throws ModelFormatException if the file is damaged, is not a model file, has a newer format,
   *     or has a layer or activation without a reader
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read, or is not a regular file
   */
  @NewerThanApi24
  public static Predictor load(Path file, Map<String, LayerReader> readers) throws IOException {
    Objects.requireNonNull(file, "Predictor.load: expected a file, found null; pass a path");
    requireReadable(file);
    try (InputStream in = open(file)) {
      return load(file.toString(), readAll(in), readers);
    }
  }

  /** Throws what nn-core throws for a file that cannot be read. */
  @NewerThanApi24
  private static void requireReadable(Path file) throws FileSystemException {
    String name = file.toString();
    if (Files.notExists(file)) {
      String found = file.isAbsolute() ? "none" : "none at " + file.toAbsolutePath();
      throw new NoSuchFileException(
          name, null, "expected a regular file, found " + found + "; correct the path");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      String found = Files.isDirectory(file) ? "a folder" : "a named pipe, a socket or a device";
      throw new FileSystemException(
          name, null, "expected a regular file, found " + found + "; correct the path");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(
          name,
          null,
          "expected a file that this user may read, found no permission; change its permissions");
    }
  }

  /** Opens a file of the default file system without channels, whose classes take time to load. */
  @NewerThanApi24
  private static InputStream open(Path file) throws IOException {
    return file.getFileSystem() == FileSystems.getDefault()
        ? new FileInputStream(file.toFile())
        : Files.newInputStream(file);
  }

  /**
   * Loads a model from a stream, such as a resource of the class path. The stream is read to its
   * end and not closed.
   *
   * @param in a whole model file
   * @return a predictor
   * @throws ModelFormatException as of {@link #load(Path)}
   * @throws IOException if it cannot be read
   */
  public static Predictor load(InputStream in) throws IOException {
    Objects.requireNonNull(in, "Predictor.load: expected a stream, found null; pass a stream");
    return load(IN_STREAM, readAll(in), Collections.emptyMap());
  }

  /** {@code InputStream.readAllBytes}, which old Android versions lack. */
  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 13];
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      bytes.write(part, 0, read);
    }
    return bytes.toByteArray();
  }

  /**
   * Loads a model from memory.
   *
   * @param bytes a whole model file; copied
   * @return a predictor
   * @throws ModelFormatException as of {@link #load(Path)}
   */
  public static Predictor load(byte[] bytes) throws ModelFormatException {
    return load(bytes, Collections.emptyMap());
  }

  /**
   * Loads a model with user-defined layers or activations from memory.
   *
   * @param bytes a whole model file; copied
   * @param readers by the name of the type in the file
   * @return a predictor
   * @throws ModelFormatException as of {@link #load(Path, Map)}
   */
  public static Predictor load(byte[] bytes, Map<String, LayerReader> readers)
      throws ModelFormatException {
    Objects.requireNonNull(bytes, "Predictor.load: expected bytes, found null; pass a model file");
    return load(IN_MEMORY, bytes.clone(), readers);
  }

  private static Predictor load(String name, byte[] bytes, Map<String, LayerReader> readers)
      throws ModelFormatException {
    Objects.requireNonNull(readers, "Predictor.load: expected readers, found null; pass a map");
    return new Predictor(name, bytes, new HashMap<>(readers));
  }

  /**
   * Returns the number of elements of one input.
   *
   * @return the product of the dimensions of the input
   */
  public int inputSize() {
    return inputSize;
  }

  /**
   * Returns the number of elements of one output.
   *
   * @return the product of the dimensions of the output
   */
  public int outputSize() {
    return outputSize;
  }

  /** Returns the metadata on inputs and outputs. */
  ModelInfo info() {
    return info;
  }

  /** Returns the type of the last activation. */
  String lastActivation() {
    return lastActivation;
  }

  /**
   * Predicts one sample.
   *
   * @param input {@link #inputSize()} elements, row-major
   * @return a new array of {@link #outputSize()} elements
   * @throws IllegalArgumentException if the length differs
   */
  public float[] predict(float[] input) {
    Objects.requireNonNull(
        input, "Predictor.predict: expected an input, found null; pass an array");
    if (input.length != inputSize) {
      throw new IllegalArgumentException(
          "Predictor.predict: expected "
              + inputSize
              + " elements, found "
              + input.length
              + "; pass all elements of one sample");
    }
    float[] output = new float[outputSize];
    predict(input, 1, output);
    return output;
  }

  /**
   * Predicts several samples.
   *
   * @param inputs a sample in each row
   * @return an output in each row
   * @throws IllegalArgumentException if the length of a row differs
   */
  public float[][] predict(float[][] inputs) {
    Objects.requireNonNull(inputs, "Predictor.predict: expected inputs, found null; pass rows");
    float[][] outputs = new float[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      outputs[i] = predict(inputs[i]);
    }
    return outputs;
  }

  /**
   * Predicts into the caller's buffer. Later calls allocate nothing, unless more calls than before
   * run at the same time.
   *
   * @param inputs {@code rows} inputs, one after the other
   * @param rows the number of samples, 0 or more
   * @param outputs receives {@code rows} outputs, one after the other; may be longer
   * @throws IllegalArgumentException if {@code inputs} has another length or {@code outputs} is too
   *     short
   */
  public void predict(float[] inputs, int rows, float[] outputs) {
    Objects.requireNonNull(inputs, "Predictor.predict: expected inputs, found null; pass an array");
    Objects.requireNonNull(
        outputs, "Predictor.predict: expected outputs, found null; pass an array");
    if (rows < 0 || inputs.length != (long) rows * inputSize) {
      throw new IllegalArgumentException(
          "Predictor.predict: expected "
              + rows
              + " x "
              + inputSize
              + " elements, found "
              + inputs.length
              + "; pass all elements of each sample");
    }
    if (outputs.length < (long) rows * outputSize) {
      throw new IllegalArgumentException(
          "Predictor.predict: expected room for "
              + rows
              + " x "
              + outputSize
              + " elements, found "
              + outputs.length
              + "; pass a longer array for the outputs");
    }
    Buffers buffers = take(Math.min(rows, rowsTogether));
    for (int row = 0; row < rows; row += rowsTogether) {
      int n = Math.min(rowsTogether, rows - row);
      for (int r = 0; r < n; r++) {
        System.arraycopy(inputs, (row + r) * inputSize, buffers.first[r], 0, inputSize);
      }
      float[][] last = run(buffers, n);
      for (int r = 0; r < n; r++) {
        System.arraycopy(last[r], 0, outputs, (row + r) * outputSize, outputSize);
      }
    }
    giveBack(buffers);
  }

  /** Runs the steps on the first buffer; returns the buffer with the outputs. */
  private float[][] run(Buffers buffers, int rows) {
    float[][] x = buffers.first;
    float[][] y = buffers.second;
    for (Step step : steps) {
      if (step.worksInPlace) {
        step.apply(x, x, rows, buffers.used);
      } else {
        step.apply(x, y, rows, buffers.used);
        float[][] swap = x;
        x = y;
        y = swap;
      }
    }
    return x;
  }

  private Buffers take(int rows) {
    for (int i = 0; i < idle.length(); i++) {
      Buffers buffers = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (buffers != null && buffers.first.length >= rows) {
        return buffers;
      }
    }
    return new Buffers(rows, widest);
  }

  private void giveBack(Buffers buffers) {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, buffers)) {
        return;
      }
    }
  }

  /** Serialized form: the bytes of the file, checked on deserialization. */
  private static final class Form implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    /** The complete model file. */
    private final byte[] bytes;

    Form(byte[] bytes) {
      this.bytes = bytes;
    }

    @Serial
    private Object readResolve() throws ObjectStreamException {
      try {
        return load(bytes);
      } catch (ModelFormatException | RuntimeException e) {
        InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
        invalid.initCause(e);
        throw invalid;
      }
    }
  }

  /**
   * Replaces this object by the bytes of the file.
   *
   * @return the serialized form
   * @throws NotSerializableException if there are user-defined layers
   */
  @Serial
  private Object writeReplace() throws NotSerializableException {
    if (hasCustomLayers) {
      throw new NotSerializableException(
          "Predictor: expected layers of nn-core, found LayerReaders; ship the bytes of the file"
              + " and load them with the readers there");
    }
    return new Form(bytes);
  }

  /**
   * Refuses any other serialized form.
   *
   * @param in not read
   * @throws InvalidObjectException always
   */
  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Predictor: expected its serialized form, found fields");
  }

  @Override
  public String toString() {
    return "Predictor(" + inputSize + " -> " + outputSize + ")";
  }
}
