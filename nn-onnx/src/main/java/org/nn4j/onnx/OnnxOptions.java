package org.nn4j.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Require;

/**
 * Settings of an export. By default: opset 17, data type FLOAT, an input named {@code input} and an
 * output named {@code output}. Immutable and thread-safe.
 */
public final class OnnxOptions {
  /** The first opset in which Softmax normalizes along one axis. */
  private static final int OLDEST = 13;

  private static final int NEWEST = 24;

  private static final OnnxOptions DEFAULTS =
      new OnnxOptions(17, DataType.FLOAT, "input", "output", Map.of());

  private final int opset;
  private final DataType type;
  private final String input;
  private final String output;
  private final Map<Class<?>, NodeWriter<Object>> writers;

  private OnnxOptions(
      int opset,
      DataType type,
      String input,
      String output,
      Map<Class<?>, NodeWriter<Object>> writers) {
    this.opset = opset;
    this.type = type;
    this.input = input;
    this.output = output;
    this.writers = writers;
  }

  /**
   * Returns the default settings.
   *
   * @return opset 17, FLOAT, {@code input} and {@code output}
   */
  public static OnnxOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these settings with another version of ONNX's operators.
   *
   * @param version from 13 to 24
   * @return new settings
   * @throws IllegalArgumentException if it is another version
   */
  public OnnxOptions opset(int version) {
    Require.that(
        version >= OLDEST && version <= NEWEST,
        "OnnxOptions",
        "an opset from " + OLDEST + " to " + NEWEST,
        version);
    return new OnnxOptions(version, type, input, output, writers);
  }

  /**
   * Returns these settings with another data type of inputs, outputs and parameters. Parameters of
   * the other type are converted.
   *
   * @param newType FLOAT or DOUBLE
   * @return new settings
   * @throws IllegalArgumentException if it is another type
   */
  public OnnxOptions dataType(DataType newType) {
    Require.notNull(newType, "OnnxOptions.dataType", "newType");
    Require.that(
        newType == DataType.FLOAT || newType == DataType.DOUBLE,
        "OnnxOptions",
        "data type FLOAT or DOUBLE",
        newType);
    return new OnnxOptions(opset, newType, input, output, writers);
  }

  /**
   * Returns these settings with other names of the input and the output of a network.
   *
   * @param newInput the name of the input
   * @param newOutput the name of the output
   * @return new settings
   * @throws IllegalArgumentException if a name is blank, or both are equal
   */
  public OnnxOptions names(String newInput, String newOutput) {
    Require.notNull(newInput, "OnnxOptions.names", "newInput");
    Require.notNull(newOutput, "OnnxOptions.names", "newOutput");
    Require.that(
        !newInput.isBlank() && !newOutput.isBlank() && !newInput.equals(newOutput),
        "OnnxOptions",
        "two different names that are not blank",
        "'" + newInput + "' and '" + newOutput + "'");
    return new OnnxOptions(opset, type, newInput, newOutput, writers);
  }

  /**
   * Returns these settings with the export of a layer or an activation of your own.
   *
   * @param <T> its class
   * @param piece its class
   * @param writer adds its nodes
   * @return new settings
   */
  public <T> OnnxOptions with(Class<T> piece, NodeWriter<? super T> writer) {
    Require.notNull(piece, "OnnxOptions.with", "piece");
    Require.notNull(writer, "OnnxOptions.with", "writer");
    Map<Class<?>, NodeWriter<Object>> more = new LinkedHashMap<>(writers);
    more.put(piece, (value, x, graph) -> writer.write(piece.cast(value), x, graph));
    return new OnnxOptions(opset, type, input, output, more);
  }

  int opset() {
    return opset;
  }

  DataType dataType() {
    return type;
  }

  String inputName() {
    return input;
  }

  String outputName() {
    return output;
  }

  /** Returns the user's export of a layer or activation. */
  Optional<NodeWriter<Object>> writer(Object piece) {
    return Optional.ofNullable(writers.get(piece.getClass()));
  }
}
