package org.nn4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.estimator.Estimator;
import org.nn4j.model.Network;

/**
 * Export of networks and estimators to ONNX files.
 *
 * <pre>{@code
 * Onnx.export(network, Path.of("digits.onnx")); // input -> output
 * Onnx.export(classifier, Path.of("churn.onnx")); // raw rows -> label, probabilities
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
   * @param file the file to make or to replace, by custom {@code name.onnx}
   * @throws IOException if it cannot be written; the old file is then as it was
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
   * @param file the file to make or to replace
   * @param options data type, opset, names, layers and activations of your own
   * @throws IOException if it cannot be written; the old file is then as it was
   * @throws IllegalArgumentException if a layer or activation is neither the library's own nor one
   *     that the options export, or the network is above 2 GB
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
   * @param file the file to make or to replace, by custom {@code name.onnx}
   * @throws IOException if it cannot be written; the old file is then as it was
   */
  public static void export(Estimator<?> estimator, Path file) throws IOException {
    export(estimator, file, OnnxOptions.defaults());
  }

  /**
   * Exports an estimator: raw rows to answers. A network with features has an input for each, named
   * like it: DOUBLE {@code [batch, 1]} for a number or a boolean, where NaN is a missing value, and
   * STRING {@code [batch, 1]} for a category. A network of plain numbers has one input of these. A
   * classifier has the outputs {@code label} (STRING {@code [batch]}) and {@code probabilities}
   * {@code [batch, classes]}; a regressor has {@code values} {@code [batch, targets]}.
   *
   * @param estimator a classifier or a regressor
   * @param file the file to make or to replace
   * @param options data type, opset, names, layers and activations of your own
   * @throws IOException if it cannot be written; the old file is then as it was
   * @throws IllegalArgumentException if a layer or activation is neither the library's own nor one
   *     that the options export, or the network is above 2 GB
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public static void export(Estimator<?> estimator, Path file, OnnxOptions options)
      throws IOException {
    Require.notNull(estimator, "Onnx.export", "estimator");
    Require.notNull(file, "Onnx.export", "file");
    Require.notNull(options, "Onnx.export", "options");
    ModelWriter.write(estimator, file, options);
  }
}
