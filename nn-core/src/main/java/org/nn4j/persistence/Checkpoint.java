package org.nn4j.persistence;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.Parameter;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.internal.Checks;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PassMemory;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.model.Network;

/**
 * State of a training run: network, optimizer and its schedule, random streams, progress, and
 * additional notes and tensors. A resumed run computes the same bits as an uninterrupted one.
 *
 * <pre>{@code
 * Checkpoint.of(network, optimizer, progress).save(path);
 *
 * Checkpoint checkpoint = Checkpoint.load(path);
 * checkpoint.restore(network, optimizer);
 * }</pre>
 *
 * <p>For your own training loop. A trainer writes its checkpoints by a listener, and checks all
 * settings when it resumes.
 *
 * <p>The file is a model file with additional tensors: {@link ModelFiles#load(Path)} reads its
 * network. It is written atomically. Your own layers and activations need not be registered: a
 * checkpoint is restored into a network that the program has built.
 *
 * <p>Contains copies. Immutable and thread-safe, provided that its arrays are not changed.
 */
public final class Checkpoint {
  private final String origin;
  private final CheckpointContent content;

  private Checkpoint(String origin, CheckpointContent content) {
    this.origin = origin;
    this.content = content;
  }

  /**
   * Returns a checkpoint of a run between two steps.
   *
   * @param network the network
   * @param optimizer its optimizer
   * @param progress the position in the run
   * @return a copy of all state
   * @throws IllegalArgumentException if the training pass has state other than a {@link
   *     SeededRandom} of a layer of the network
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public static Checkpoint of(Network network, Optimizer optimizer, Progress progress) {
    return of(network, optimizer, progress, ModelRegistry.standard());
  }

  /**
   * Returns a checkpoint of a run between two steps whose own layers {@link ModelFiles#load} can
   * build.
   *
   * @param network the network
   * @param optimizer its optimizer
   * @param progress the position in the run
   * @param registry the kinds of layers and activations
   * @return a copy of all state
   * @throws IllegalArgumentException if the training pass has state other than a {@link
   *     SeededRandom} of a layer of the network
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public static Checkpoint of(
      Network network, Optimizer optimizer, Progress progress, ModelRegistry registry) {
    Require.notNull(network, "Checkpoint.of", "network");
    Require.notNull(optimizer, "Checkpoint.of", "optimizer");
    Require.notNull(progress, "Checkpoint.of", "progress");
    Require.notNull(registry, "Checkpoint.of", "registry");
    CheckpointContent content =
        NetworkAccess.get()
            .read(
                network,
                () ->
                    new CheckpointContent(
                        ModelFiles.metadata(network, registry.lenient()),
                        ModelFiles.copies(network),
                        Checks.returned(optimizer.state(), optimizer, "a state from state"),
                        RandomStreams.of(network, network.trainingPass()),
                        progress,
                        Map.of(),
                        Map.of()));
    return new Checkpoint("in memory", content);
  }

  /**
   * Returns this checkpoint with an additional string, such as the best figure so far.
   *
   * @param name its name
   * @param text the string
   * @return a new checkpoint
   * @throws IllegalArgumentException if the notes are too long for a model file
   */
  public Checkpoint withNote(String name, String text) {
    Require.notNull(name, "Checkpoint.withNote", "name");
    Require.notNull(text, "Checkpoint.withNote", "text");
    return new Checkpoint(origin, content.withNote(name, text));
  }

  /**
   * Returns this checkpoint with an additional tensor, such as the best weights so far.
   *
   * @param name its name
   * @param tensor FLOAT or DOUBLE; copied
   * @return a new checkpoint
   */
  public Checkpoint withTensor(String name, INDArray tensor) {
    Require.notNull(name, "Checkpoint.withTensor", "name");
    Require.notNull(tensor, "Checkpoint.withTensor", "tensor");
    return new Checkpoint(origin, content.withExtra(name, tensor));
  }

  /**
   * Writes the checkpoint atomically.
   *
   * @param file the file, usually {@code name.safetensors}; an existing one is replaced
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public void save(Path file) throws IOException {
    Require.notNull(file, "Checkpoint.save", "file");
    content.toSafetensors().write(file);
  }

  /**
   * Reads a checkpoint.
   *
   * @param file the file
   * @return the checkpoint
   * @throws ModelFormatException if the file is damaged, truncated, or not a checkpoint
   * @throws IOException if it cannot be read
   */
  public static Checkpoint load(Path file) throws IOException {
    Require.notNull(file, "Checkpoint.load", "file");
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      return load(reader);
    }
  }

  /**
   * Returns the progress in a file. Reads its header only.
   *
   * @param file the file
   * @return empty if the file is a model file without a checkpoint
   * @throws ModelFormatException if the header is damaged, or the file is truncated
   * @throws IOException if it cannot be read
   */
  public static Optional<Progress> progressOf(Path file) throws IOException {
    Require.notNull(file, "Checkpoint.progressOf", "file");
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      return CheckpointContent.progress(reader);
    }
  }

  static Checkpoint load(SafetensorsReader reader) throws IOException {
    return new Checkpoint(reader.file(), CheckpointContent.of(reader));
  }

  /**
   * Returns the progress of the run.
   *
   * @return the position in the run
   */
  public Progress progress() {
    return content.progress();
  }

  /**
   * Returns the added strings.
   *
   * @return by name; not to be changed
   */
  public Map<String, String> notes() {
    return Collections.unmodifiableMap(content.notes());
  }

  /**
   * Returns the added tensors.
   *
   * @return by name; not to be changed
   */
  public Map<String, INDArray> tensors() {
    return Collections.unmodifiableMap(content.extras());
  }

  /**
   * Restores a run. The next steps compute the same bits as those of the saved run if data,
   * settings, machine and number of threads are the same.
   *
   * @param network a network of the same architecture
   * @param optimizer an optimizer of the same kind
   * @throws ModelFormatException if the network differs from that of the checkpoint, with a list of
   *     the differences, or the checkpoint has invalid content; nothing is changed then
   * @throws IllegalArgumentException if the optimizer or its schedule is of another kind; nothing
   *     is changed then
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public void restore(Network network, Optimizer optimizer) throws ModelFormatException {
    restore(network, optimizer, ModelRegistry.standard());
  }

  /**
   * Restores a run as {@link #restore(Network, Optimizer)} does, for a checkpoint that was made
   * with a registry.
   *
   * @param network a network of the same architecture
   * @param optimizer an optimizer of the same kind
   * @param registry the registry that the checkpoint was made with
   * @throws ModelFormatException if the network differs from that of the checkpoint, with a list of
   *     the differences, or the checkpoint has invalid content; nothing is changed then
   * @throws IllegalArgumentException if the optimizer or its schedule is of another kind; nothing
   *     is changed then
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public void restore(Network network, Optimizer optimizer, ModelRegistry registry)
      throws ModelFormatException {
    Require.notNull(network, "Checkpoint.restore", "network");
    Require.notNull(optimizer, "Checkpoint.restore", "optimizer");
    Require.notNull(registry, "Checkpoint.restore", "registry");
    NetworkAccess.Scope claim = NetworkAccess.get().claimForChange(network);
    try {
      restoreClaimed(network, optimizer, registry);
    } finally {
      claim.end();
    }
  }

  private void restoreClaimed(Network network, Optimizer optimizer, ModelRegistry registry)
      throws ModelFormatException {
    ModelMetadata model = content.model();
    Map<String, Parameter> parameters = NetworkAccess.get().parameters(network);
    Map<String, TensorShape> found = new LinkedHashMap<>();
    content.parameters().forEach((name, tensor) -> found.put(name, TensorShape.of(tensor)));
    TensorShape.check(origin, ModelFiles.shapes(parameters), found);
    TensorShape.refuse(
        origin,
        ModelMetadata.ARCHITECTURE,
        registry.lenient().describe(network).differences(model.architecture()));
    ModelFiles.checkSettings(origin, model, network);
    IdentityHashMap<Layer, SeededRandom> streams = streams(network);
    restore(optimizer, network);
    ModelFiles.restoreSettings(origin, model, network);
    parameters.forEach(
        (name, parameter) ->
            parameter.value().assign(requireNonNull(content.parameters().get(name))));
    PassMemory.of(network.trainingPass()).restoreStates(streams);
  }

  private IdentityHashMap<Layer, SeededRandom> streams(Network network)
      throws ModelFormatException {
    try {
      return RandomStreams.restored(content.streams(), network);
    } catch (IllegalArgumentException e) {
      throw CheckpointContent.unsound(origin, "random streams", e);
    }
  }

  private void restore(Optimizer optimizer, Network network) throws ModelFormatException {
    OptimizerState state = content.optimizer();
    OptimizerState own = optimizer.state();
    Set<String> numbers = state.numbers().keySet();
    boolean otherSchedule =
        !numbers.equals(own.numbers().keySet())
            && Collections.disjoint(numbers, own.numbers().keySet());
    try {
      optimizer.restore(state, network.parameters());
    } catch (IllegalArgumentException e) {
      if (otherSchedule || !state.optimizer().equals(own.optimizer())) {
        throw e;
      }
      throw CheckpointContent.unsound(origin, "state of the optimizer", e);
    }
  }

  /**
   * Returns the file from which the checkpoint was loaded.
   *
   * @return its path as it was given, or {@code "in memory"}
   */
  public String origin() {
    return origin;
  }

  /**
   * Returns the state of the optimizer.
   *
   * @return its name, steps and vectors
   */
  public OptimizerState optimizer() {
    return content.optimizer();
  }

  @Override
  public String toString() {
    Progress progress = progress();
    return "checkpoint "
        + origin
        + " (epoch "
        + progress.epoch()
        + ", step "
        + progress.steps()
        + ")";
  }
}
