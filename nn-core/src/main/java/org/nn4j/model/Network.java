package org.nn4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ActivatedLayer;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.OffHeap;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.internal.Checks;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.jfr.FlightRecorder;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.memory.Layout;
import org.nn4j.internal.memory.NewArrays;

/**
 * Chain of layers. A network is a layer, so networks nest.
 *
 * <pre>
 * forward    A₀ = X,  Aₗ = layerₗ(Aₗ₋₁),  the output is the last A
 * backward   the same chain from the last layer to the first
 * </pre>
 *
 * <p>{@link #predict(INDArray)} is thread-safe while no thread trains. Training is for one thread:
 * {@link Objective}, or {@link #zeroGrad}, {@link #forward} and {@link #backward}.
 *
 * <p>{@link #close()} frees the parameters, the gradients and the buffers; the garbage collector
 * frees those of a network that is not closed.
 */
public final class Network implements ActivatedLayer, OffHeap {
  private final Shape input;
  private final DataType type;
  private final List<Layer> layers;
  private final ParameterVector parameters;
  private final NetworkGuard guard;
  private final Supplier<Network> rebuild;

  /** Index of the first layer with parameters; of the last layer if none has any. */
  private final int first;

  private final Pass trainingPass = Pass.training();
  private final PassPool passes = new PassPool();
  private volatile ModelInfo info = ModelInfo.none();

  static {
    NetworkAccess.register(new NetworkInternals());
  }

  /**
   * Creates a network of layers that no other network contains.
   *
   * @param rebuild creates the same network from other layers, with any values
   */
  Network(Shape input, DataType type, List<Layer> layers, Supplier<Network> rebuild) {
    this.input = input;
    this.type = type;
    this.layers = List.copyOf(layers);
    this.parameters = ParameterVector.pack(type, layers.stream().map(Layer::parameters).toList());
    this.guard = new NetworkGuard(parameters);
    this.rebuild = rebuild;
    this.first = firstWithParameters(layers);
    layers.forEach(guard::shareLock);
  }

  /** Creates a network with the parameters of another. */
  private Network(Network owner, List<Layer> layers, Supplier<Network> rebuild) {
    this.input = owner.input;
    this.type = owner.type;
    this.layers = List.copyOf(layers);
    this.parameters = owner.parameters;
    this.guard = owner.guard.ofSharedParameters();
    this.rebuild = rebuild;
    this.first = firstWithParameters(layers);
  }

  private static int firstWithParameters(List<Layer> layers) {
    int first = 0;
    while (first < layers.size() - 1 && layers.get(first).parameters().isEmpty()) {
      first++;
    }
    return first;
  }

  /**
   * Returns a builder of a network.
   *
   * @param inputShape the shape of one sample, such as {@code 784}
   * @return a builder
   * @throws IllegalArgumentException if a dimension is not positive
   */
  public static NetworkBuilder builder(long... inputShape) {
    Require.notNull(inputShape, "Network.builder", "inputShape");
    return builder(Shape.of(inputShape));
  }

  /**
   * Returns a builder of a network, such as for {@code data.inputShape()}.
   *
   * @param inputShape the shape of one sample
   * @return a builder
   */
  public static NetworkBuilder builder(Shape inputShape) {
    return new NetworkBuilder(Require.notNull(inputShape, "Network.builder", "inputShape"));
  }

  /**
   * Computes the outputs for a batch. Thread-safe.
   *
   * <p>Throws while another thread trains the network, because the parameters change. On the
   * training thread, as in a listener, it uses the parameters of the last step.
   *
   * @param x {@code [B, in...]}, of the network's data type
   * @return a new array {@code [B, out...]}
   * @throws ShapeMismatchException if the shape does not fit
   * @throws IllegalArgumentException if the data type does not fit
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public INDArray predict(INDArray x) {
    return predict(pass -> NewArrays.copyOf(forward(x, pass)), y -> y.size(0));
  }

  private <Y> Y predict(Function<Pass, Y> call, ToLongFunction<Y> batchSize) {
    FlightRecorder.RunningPrediction recorded = FlightRecorder.prediction();
    Y y = guard.read(() -> passes.run(call, batchSize));
    recorded.end(batchSize.applyAsLong(y));
    return y;
  }

  /**
   * Computes the outputs for rows of a Java array; see {@link #predict(INDArray)}.
   *
   * @param rows {@code [B][in]}, a sample in each, row-major if it has several dimensions
   * @return {@code [B][out]}; empty for no rows
   * @throws ShapeMismatchException if the length of a row is wrong
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public double[][] predict(double[][] rows) {
    if (Checks.noNulls(rows, "Network.predict", "rows").isEmpty()) {
      return new double[0][];
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != input.size()) {
        throw new ShapeMismatchException(
            "Network.predict",
            "rows of " + input.size() + " elements",
            rows[i].length + " in row " + i,
            "pass all elements of a sample in each row");
      }
    }
    long elements = rows.length * input.size();
    Require.that(
        elements <= Integer.MAX_VALUE,
        "Network.predict",
        "rows of at most " + Integer.MAX_VALUE + " elements in all",
        elements,
        "predict fewer rows at a time");
    return predict(
        pass -> {
          INDArray x = pass.batchBuffer(this, "rows", type, input, rows.length);
          JavaArrays.copy(rows, x);
          return JavaArrays.rows(forward(x, pass));
        },
        y -> y.length);
  }

  /**
   * Returns the training pass of this network, for {@link #forward}, a loss and {@link #backward}
   * in a loop of your own. {@link Objective} uses it.
   *
   * @return the same pass at each call
   */
  public Pass trainingPass() {
    return trainingPass;
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, "Network.forward", "pass");
    guard.beginUse();
    try {
      PassMemory.of(pass).beginForward();
      try {
        Require.batch(x, input, type, "Network", "input");
        INDArray a = plain(x, "X", pass);
        for (Layer layer : layers) {
          a = Checks.returned(layer.forward(a, pass), layer, "an array from forward");
          requireRows(a, x.size(0), layer.outputShape(), layer, "forward");
        }
        return a;
      } finally {
        PassMemory.of(pass).end();
      }
    } finally {
      guard.endUse();
    }
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    beginBackward(dY, pass, "Network.backward");
    try {
      return layers.get(0).backward(backwardTo(0, dY, pass), pass);
    } finally {
      PassMemory.of(pass).end();
      guard.endUse();
    }
  }

  /** {@inheritDoc} Layers before the first one with parameters get no gradient. */
  @Override
  public void backwardParameters(INDArray dY, Pass pass) {
    beginBackward(dY, pass, "Network.backwardParameters");
    try {
      layers.get(first).backwardParameters(backwardTo(first, dY, pass), pass);
    } finally {
      PassMemory.of(pass).end();
      guard.endUse();
    }
  }

  private void beginBackward(INDArray dY, Pass pass, String method) {
    Require.notNull(dY, method, "dY");
    Require.notNull(pass, method, "pass");
    guard.beginUse();
    try {
      PassMemory.of(pass).beginBackward();
    } catch (RuntimeException | Error refused) {
      guard.endUse();
      throw refused;
    }
  }

  /** Runs backward through all layers after one, and returns ∂L/∂ the output of that one. */
  private INDArray backwardTo(int index, INDArray dY, Pass pass) {
    INDArray gradient = plain(dY, "dY", pass);
    for (int i = layers.size() - 1; i > index; i--) {
      Layer layer = layers.get(i);
      gradient = Checks.returned(layer.backward(gradient, pass), layer, "an array from backward");
      requireRows(gradient, dY.size(0), layers.get(i - 1).outputShape(), layer, "backward");
    }
    return gradient;
  }

  /** Checks what a layer returned: a user-defined layer may return anything. */
  private void requireRows(INDArray found, long rows, Shape sample, Layer layer, String method) {
    if (found.dataType() != type || !sample.matches(found) || found.size(0) != rows) {
      throw new ShapeMismatchException(
          layer.toString(),
          "an array " + Arrays.toString(sample.withBatch(rows)) + " of " + type + " from " + method,
          Arrays.toString(found.shape()) + " of " + found.dataType(),
          method.equals("forward")
              ? "return the shape of outputShape(), and the data type of the input"
              : "return the shape and the data type of the input");
    }
  }

  /**
   * Returns an array in the form that layers require: row-major, and valid until the pass is
   * closed.
   */
  private INDArray plain(INDArray array, String name, Pass pass) {
    return Layout.isPlain(array)
        ? array
        : pass.buffer(this, name, array.dataType(), array.shape()).assign(array);
  }

  @Override
  public void zeroGrad() {
    parameters.zeroGrad();
  }

  /** {@return all parameters, packed into one vector of values and one of gradients} */
  @Override
  public ParameterVector parameters() {
    return parameters;
  }

  /** {@return the layers, first to last} */
  public List<Layer> layers() {
    return layers;
  }

  /** {@return the shape of one sample of the input, without the batch} */
  public Shape inputShape() {
    return input;
  }

  @Override
  public Shape outputShape() {
    return lastLayer().outputShape();
  }

  /** {@return the data type of parameters, inputs and outputs, FLOAT or DOUBLE} */
  public DataType dataType() {
    return type;
  }

  @Override
  public Activation activation() {
    return lastLayer() instanceof ActivatedLayer last ? last.activation() : Activations.identity();
  }

  @Override
  public Network withoutActivation() {
    if (!(lastLayer() instanceof ActivatedLayer last)) {
      return this;
    }
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, last.withoutActivation());
    return new Network(this, changed, () -> rebuild.get().withoutActivation());
  }

  private Layer lastLayer() {
    return layers.get(layers.size() - 1);
  }

  /**
   * Returns an independent network: the same layers with the same values, frozen parameters and
   * information; gradients of zero, and a training pass whose random streams restart.
   *
   * @return a network that shares nothing with this one
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public Network copy() {
    return guard.read(
        () -> {
          Network copy = rebuild.get();
          for (int i = 0; i < parameters.size(); i++) {
            copy.parameters.get(i).value().assign(parameters.get(i).value());
            copy.parameters.get(i).freeze(parameters.get(i).isFrozen());
          }
          copy.info = info;
          return copy;
        });
  }

  /** {@return scaling of inputs, class labels and notes, which are saved with the network} */
  public ModelInfo info() {
    return info;
  }

  /**
   * Replaces the scaling of inputs, the class labels and the notes.
   *
   * @param newInfo the new information
   * @throws IllegalArgumentException as {@link ModelInfo#requireFits}
   */
  public void setInfo(ModelInfo newInfo) {
    Require.notNull(newInfo, "Network.setInfo", "newInfo");
    newInfo.requireFits(input, outputShape());
    info = newInfo;
  }

  /** Returns the guard of reading, training and freeing. */
  NetworkGuard guard() {
    return guard;
  }

  /**
   * Returns the bytes outside the Java heap of parameters, gradients and buffers. A network that
   * shares the parameters of another ({@link #withoutActivation}, nested networks) counts only its
   * buffers.
   */
  @Override
  public long offHeapBytes() {
    return guard.offHeapBytes() + trainingPass.offHeapBytes() + passes.offHeapBytes();
  }

  /**
   * Frees parameters, gradients and buffers. Calls under way on other threads end first; new ones
   * throw {@link IllegalStateException}, as do those of predictors and of networks that share the
   * parameters. Closing a network that shares the parameters of another frees only its buffers.
   *
   * @throws IllegalStateException if the network is being trained
   */
  @Override
  public void close() {
    guard.close(
        () -> {
          trainingPass.close();
          passes.close();
        });
  }

  /** Returns a table of the layers, their output shapes and their numbers of parameters. */
  @Override
  public String toString() {
    return NetworkSummary.of(this);
  }
}
