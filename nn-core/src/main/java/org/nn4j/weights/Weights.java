package org.nn4j.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.Texts;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;

/**
 * Tensors of a file that another program wrote, for the parameters of a network.
 *
 * <pre>{@code
 * Weights weights = Weights.read(Path.of("mlp.pt"));
 * weights.into(network, WeightMap.pyTorch("fc1", "norm", "fc2"));
 * }</pre>
 *
 * <p>Reads safetensors, state_dicts of PyTorch 1.6 or newer, and arrays of NumPy ({@code .npz},
 * {@code .npy}); the content of a file shows which it is. A state_dict is a pickle; it is read
 * without loading a class, and one that needs more than tensors, dictionaries and lists is refused.
 * Tensors of float64, float32, float16 and bfloat16 are converted to the data type of the network.
 *
 * <p>Each call opens the file again and reads the tensors that it needs. Immutable and thread-safe.
 */
public final class Weights {
  private final Path file;
  private final List<String> names;
  private final String table;

  private Weights(Path file, TensorFile content) {
    this.file = file;
    this.names = content.tensors().stream().map(StoredTensor::name).toList();
    this.table =
        content.tensors().stream().map(StoredTensor::toString).collect(Collectors.joining("\n"));
  }

  /**
   * Reads the names, shapes and element types of a file.
   *
   * @param file the file
   * @return its tensors
   * @throws ModelFormatException if it has none of the formats, or is damaged
   * @throws IOException if it cannot be read
   */
  public static Weights read(Path file) throws IOException {
    Require.notNull(file, "Weights.read", "file");
    Require.backend();
    try (TensorFile content = TensorFile.open(file)) {
      return new Weights(file, content);
    }
  }

  /**
   * Returns the names of the tensors.
   *
   * @return the names in the order of the file
   */
  public List<String> names() {
    return names;
  }

  /**
   * Reads a tensor.
   *
   * @param name its name
   * @return a new array, FLOAT for F16 and BF16
   * @throws ModelFormatException if there is no such tensor, it is damaged, or its type cannot be
   *     read
   * @throws IOException if it cannot be read
   */
  public INDArray tensor(String name) throws IOException {
    Require.notNull(name, "Weights.tensor", "name");
    try (TensorFile content = TensorFile.open(file)) {
      for (StoredTensor tensor : content.tensors()) {
        if (tensor.name().equals(name)) {
          return tensor.source().read();
        }
      }
    }
    throw new ModelFormatException(
        file.toString(),
        "tensors",
        "one named '" + Texts.brief(name) + "'",
        names.isEmpty() ? "none" : "only " + Texts.list(names),
        "name one of these");
  }

  /**
   * Sets the parameters of a network, frozen ones included. Gradients and the state of an optimizer
   * do not change.
   *
   * @param network the network, or one that is nested in another
   * @param map the tensor of each parameter
   * @throws ModelFormatException if the file is damaged, or tensors are missing, left over, of
   *     another shape or type, or not finite, with a list of all; nothing is changed then
   * @throws IOException if it cannot be read; nothing is changed then
   * @throws IllegalArgumentException if the map depends on an order that the file does not have
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public void into(Network network, WeightMap map) throws IOException {
    Require.notNull(network, "Weights.into", "network");
    Require.notNull(map, "Weights.into", "map");
    try (TensorFile content = TensorFile.open(file)) {
      new Assignment(file.toString(), content, network, map).load();
    }
  }

  /**
   * Returns what {@link #into} would do: a line for each tensor and its parameter, and for each
   * difference.
   *
   * @param network the network
   * @param map the tensor of each parameter
   * @return the lines
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the map depends on an order that the file does not have
   */
  public String plan(Network network, WeightMap map) throws IOException {
    Require.notNull(network, "Weights.plan", "network");
    Require.notNull(map, "Weights.plan", "map");
    try (TensorFile content = TensorFile.open(file)) {
      return new Assignment(file.toString(), content, network, map).toString();
    }
  }

  /** Returns a line for each tensor: its name, shape and element type. */
  @Override
  public String toString() {
    return table;
  }
}
