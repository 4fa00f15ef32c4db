package org.nn4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.estimator.Estimator;
import org.nn4j.internal.onnx.ModelReader;
import org.nn4j.internal.onnx.NetworkReader;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;

/**
 * Export of networks and estimators to ONNX files, and import of feed-forward graphs.
 *
 * <pre>{@code
 * Onnx.export(network, Path.of("digits.onnx")); // input -> output
 * Onnx.export(classifier, Path.of("churn.onnx")); // raw rows -> label, probabilities
 * Network network = Onnx.importNetwork(Path.of("mlp.onnx")); // trainable
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Onnx {
  private Onnx() {}

  /**
   * Exports a network with the default settings; see {@link #export(Network, Path, OnnxOptions)}.
   *
   * @param network the network
   * @param file the file; an existing one is replaced, usually {@code name.onnx}
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public static void export(Network network, Path file) throws IOException {
    export(network, file, OnnxOptions.defaults());
  }

  /**
   * Exports a network: its encoded inputs {@code [batch, in...]} to its outputs {@code [batch,
   * out...]}, as {@link Network#predict} computes them. {@link Network#info} is part of the
   * metadata, not of the graph; export a classifier or regressor to have it in the graph.
   *
   * @param network the network
   * @param file the file; an existing one is replaced
   * @param options data type, opset, names, layers and activations of your own
   * @throws IOException if it cannot be written; an existing file is unchanged then
   * @throws IllegalArgumentException if a layer or activation is neither the library's own nor one
   *     that the options export, the network is above 2 GB, or a number is beyond FLOAT
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public static void export(Network network, Path file, OnnxOptions options) throws IOException {
    Require.notNull(network, "Onnx.export", "network");
    Require.notNull(file, "Onnx.export", "file");
    Require.notNull(options, "Onnx.export", "options");
    ModelWriter.write(network, file, options);
  }

  /**
   * Exports an estimator with the default settings; see {@link #export(Estimator, Path,
   * OnnxOptions)}.
   *
   * @param estimator a classifier or a regressor
   * @param file the file; an existing one is replaced, usually {@code name.onnx}
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public static void export(Estimator<?> estimator, Path file) throws IOException {
    export(estimator, file, OnnxOptions.defaults());
  }

  /**
   * Exports an estimator, from raw rows to predictions. A network with features has an input for
   * each, named like it: DOUBLE {@code [batch, 1]} for a number or a boolean, where NaN is a
   * missing value, and STRING {@code [batch, 1]} for a category. A network of plain numbers has one
   * input of these. A classifier has the outputs {@code label} (STRING {@code [batch]}) and {@code
   * probabilities} {@code [batch, classes]}; a regressor has {@code values} {@code [batch,
   * targets]}.
   *
   * @param estimator a classifier or a regressor
   * @param file the file; an existing one is replaced
   * @param options data type, opset, names, layers and activations of your own
   * @throws IOException if it cannot be written; an existing file is unchanged then
   * @throws IllegalArgumentException if a layer or activation is neither the library's own nor one
   *     that the options export, the network is above 2 GB, or a number is beyond FLOAT
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public static void export(Estimator<?> estimator, Path file, OnnxOptions options)
      throws IOException {
    Require.notNull(estimator, "Onnx.export", "estimator");
    Require.notNull(file, "Onnx.export", "file");
    Require.notNull(options, "Onnx.export", "options");
    ModelWriter.write(estimator, file, options);
  }

  /**
   * Imports a feed-forward graph of one input and one output of floating-point numbers; see {@link
   * #importNetwork(Path, String)}. A file that {@link #export} wrote yields the network without
   * encoding and predictions, and its {@link Network#info}.
   *
   * @param file an ONNX file of opset 1 to 24
   * @return a trainable network
   * @throws ModelFormatException if the file is damaged, or a network cannot represent the graph
   * @throws IOException if it cannot be read
   */
  public static Network importNetwork(Path file) throws IOException {
    Require.notNull(file, "Onnx.importNetwork", "file");
    return NetworkReader.read(ModelReader.of(file), null);
  }

  /**
   * Imports the part of a feed-forward graph that a value depends on.
   *
   * <p>The network computes what the graph does in inference, and all its parameters except those
   * of fixed scalings can be trained. It is DOUBLE if its weights are, else FLOAT. A graph whose
   * layers work on the last axis of {@code [batch, steps, features]} becomes a network of rows
   * {@code [batch · steps, features]}, and one that starts with a transposed input becomes a
   * network of its rows. Outputs are rows: a reshape at the end is omitted, as are Dropout and
   * Identity. No code of the file is executed, and memory is bounded by the size of the file.
   *
   * @param file an ONNX file of opset 1 to 24
   * @param output the name of an output, or of a value within the graph
   * @return a trainable network
   * @throws ModelFormatException if the file is damaged, or a network cannot represent the graph:
   *     the message lists all unsupported nodes, with alternatives
   * @throws IOException if it cannot be read
   */
  public static Network importNetwork(Path file, String output) throws IOException {
    Require.notNull(file, "Onnx.importNetwork", "file");
    Require.notNull(output, "Onnx.importNetwork", "output");
    return NetworkReader.read(ModelReader.of(file), output);
  }
}
