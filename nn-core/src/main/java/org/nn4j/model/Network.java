package org.nn4j.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ActivatedLayer;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.OffHeap;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.internal.Checks;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.kernel.Detached;
import org.nn4j.internal.kernel.Layout;
import org.nn4j.internal.kernel.NewArrays;
import org.nn4j.layer.ActivationLayer;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.Dropout;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.LayerNormalization;
import org.nn4j.metric.Metric;

/**
 * A chain of layers, which is itself a layer.
 *
 * <pre>
 * forward    A₀ = X,  Aₗ = layerₗ(Aₗ₋₁),  the output is the last A
 * backward   the same chain from the last layer to the first
 * </pre>
 *
 * <p>{@link #predict(INDArray)} is safe from many threads at once as long as no thread trains.
 * Training ({@link #forward(INDArray)}, {@link #backward(INDArray)}, {@link #zeroGrad()}) is for
 * one thread.
 *
 * <p>{@link #close()} frees the parameters, the gradients and the buffers; a network that is not
 * closed leaves them to the garbage collector.
 */
public final class Network implements ActivatedLayer, OffHeap {
  private final Shape input;
  private final DataType type;
  private final List<Layer> layers;
  private final ParameterVector parameters;
  private final Supplier<Network> rebuild;
  private final Pass trainingPass = Pass.training();
  private final PassPool passes = new PassPool();
  private volatile ModelInfo info = ModelInfo.none();
  private final boolean ownsParameters;
  private volatile boolean closed;
  private TrainingLock lock;

  static {
    NetworkAccess.register(new Access());
  }

  private static final class Access extends NetworkAccess {
    @Override
    public Scope use(Layer network) {
      Network used = (Network) network;
      used.beginUse();
      return used::endUse;
    }

    @Override
    public Map<String, Layer> leaves(Layer network) {
      return Leaves.of((Network) network);
    }
  }

  /**
   * A network of layers that belong to no other.
   *
   * @param rebuild makes the same network from layers of its own, with any values
   */
  Network(Shape input, DataType type, List<Layer> layers, Supplier<Network> rebuild) {
    this(
        input,
        type,
        layers,
        ParameterVector.pack(type, layers.stream().map(Layer::parameters).toList()),
        true,
        rebuild,
        new TrainingLock());
    layers.forEach(this::shareLock);
  }

  private Network(
      Shape input,
      DataType type,
      List<Layer> layers,
      ParameterVector parameters,
      boolean ownsParameters,
      Supplier<Network> rebuild,
      TrainingLock lock) {
    this.input = input;
    this.type = type;
    this.layers = List.copyOf(layers);
    this.parameters = parameters;
    this.ownsParameters = ownsParameters;
    this.rebuild = rebuild;
    this.lock = lock;
  }

  /** Whoever trains this network trains those nested in it. */
  private void shareLock(Layer layer) {
    if (layer instanceof Network nested) {
      nested.lock = lock;
      nested.layers.forEach(nested::shareLock);
    }
  }

  /**
   * Starts a network.
   *
   * @param inputShape the shape of one sample, such as {@code 784}
   * @return a builder
   * @throws IllegalArgumentException if a dimension is not positive
   */
  public static NetworkBuilder builder(long... inputShape) {
    Require.notNull(inputShape, "Network.builder", "inputShape");
    return new NetworkBuilder(Shape.of(inputShape));
  }

  /**
   * The answer of the network. Thread-safe; no state is left behind.
   *
   * <p>While another thread trains the network (by a {@link #claimForTraining() claim}, as {@code
   * Trainer} does) this is refused rather than computed from parameters that change underway. On
   * the thread that trains, such as in a listener, it sees the parameters of the last whole step.
   *
   * @param x {@code [B, in...]}, of the network's data type
   * @return a new array {@code [B, out...]}
   * @throws ShapeMismatchException if the shape does not fit
   * @throws IllegalArgumentException if the data type does not fit
   * @throws IllegalStateException if another thread trains the network meanwhile
   */
  public INDArray predict(INDArray x) {
    beginUse();
    try {
      long stamp = beginReading();
      Pass pass = passes.take();
      INDArray y;
      try {
        INDArray answers = forward(x, pass);
        y = Detached.make(() -> answers.dup('c'));
      } catch (RuntimeException | Error failure) {
        pass.close();
        throw failure;
      }
      passes.giveBack(pass, x.size(0));
      endReading(stamp);
      return y;
    } finally {
      endUse();
    }
  }

  /**
   * Predicts for rows of Java numbers, as {@link #predict(INDArray)} does.
   *
   * @param rows {@code [B][in]}, a sample in each, row-major if it has several dimensions
   * @return {@code [B][out]}
   * @throws ShapeMismatchException if there is no row, or a row has another number of elements
   * @throws IllegalStateException if another thread trains the network meanwhile
   */
  public double[][] predict(double[][] rows) {
    List<double[]> samples = Checks.noNulls(rows, "Network.predict", "rows");
    Require.atLeastOne(samples.size(), "Network.predict", "number of rows");
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != input.size()) {
        throw new ShapeMismatchException(
            "Network.predict",
            "rows of " + input.size() + " numbers",
            rows[i].length + " in row " + i,
            "give all numbers of a sample in each row");
      }
    }
    try (INDArray x = NewArrays.of(rows);
        INDArray typed = x.dataType() == type ? x : x.castTo(type);
        INDArray y = predict(typed.reshape('c', input.withBatch(rows.length)))) {
      return y.reshape('c', rows.length, y.length() / rows.length).toDoubleMatrix();
    }
  }

  /**
   * Something that answers as {@link #predict} does, for one thread and without making an array at
   * each call.
   *
   * @return a new predictor, to be closed
   */
  public Predictor predictor() {
    requireOpen();
    return new Predictor(this);
  }

  /**
   * Returns predictors for any number of threads, as a server needs them: each call takes an idle
   * predictor, or makes one, and gives it back.
   *
   * @return a new pool, to be closed
   */
  public PredictorPool predictorPool() {
    requireOpen();
    return new PredictorPool(this);
  }

  /**
   * The answers to data that need not be in memory together, each computed when it is asked for.
   *
   * @param batches arrays {@code [B, in...]}; each is used before the next is taken, so they may
   *     share their memory
   * @return for each a new array {@code [B, out...]}; thread-safe if {@code batches} is
   */
  public Iterator<INDArray> predict(Iterator<? extends INDArray> batches) {
    Require.notNull(batches, "Network.predict", "batches");
    return new LazyPredictions(this, batches);
  }

  /**
   * The answers to data that need not be in memory together, each computed when it is asked for.
   *
   * @param batches arrays {@code [B, in...]}; each is used before the next is taken
   * @return for each a new array {@code [B, out...]}
   */
  public Iterable<INDArray> predict(Iterable<? extends INDArray> batches) {
    Require.notNull(batches, "Network.predict", "batches");
    return () -> predict(batches.iterator());
  }

  /**
   * Measures the network on a data set, in memory that does not grow with it. An {@link Evaluator}
   * measures a loss as well, reports progress, and reads data that is not in memory.
   *
   * @param data the data
   * @param metrics what to measure
   * @return each metric under its name
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws IllegalArgumentException if two metrics have one name
   * @throws IllegalStateException if another thread trains the network meanwhile
   */
  public Map<String, Double> evaluate(Dataset data, Metric... metrics) {
    Require.notNull(data, "Network.evaluate", "data");
    Checks.noNulls(metrics, "Network.evaluate", "metrics");
    return Evaluator.of(this).metrics(metrics).evaluate(data);
  }

  /**
   * Claims the network, and all that is nested in it, for training by this thread: other claims and
   * other threads' predictions are refused until the claim is closed.
   *
   * @return the claim, to be closed when training is over
   * @throws IllegalStateException if the network is being trained
   */
  public TrainingClaim claimForTraining() {
    beginUse();
    try {
      TrainingClaim claim = lock.claim();
      return () -> {
        claim.close();
        endUse();
      };
    } catch (RuntimeException | Error refused) {
      endUse();
      throw refused;
    }
  }

  /** Begins a call: parameters are not freed before {@link #endUse()}. */
  void beginUse() {
    requireOpen();
    PackedParameters.of(parameters).beginUse();
  }

  void endUse() {
    PackedParameters.of(parameters).endUse();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          Require.message(
              "Network",
              "to be used before it is closed",
              "a closed one",
              "close a network after its last use, or make a copy()"));
    }
  }

  /** Begins to read parameters; see {@link TrainingLock}. */
  long beginReading() {
    return lock.beginReading();
  }

  /** Ends what {@link #beginReading} began; throws if somebody trained meanwhile. */
  void endReading(long stamp) {
    lock.endReading(stamp);
  }

  /**
   * Forward on the network's own training pass.
   *
   * @param x {@code [B, in...]}
   * @return the output {@code [B, out...]}, valid until the next forward
   */
  public INDArray forward(INDArray x) {
    return forward(x, trainingPass);
  }

  /**
   * Backward on the network's own training pass: adds to the gradients.
   *
   * @param dY ∂L/∂output
   * @return ∂L/∂input, valid until the next backward
   * @throws IllegalStateException if there was no forward
   */
  public INDArray backward(INDArray dY) {
    return backward(dY, trainingPass);
  }

  /**
   * The pass of {@link #forward(INDArray)} and {@link #backward(INDArray)}, which a loss shares.
   *
   * @return the network's own training pass
   */
  public Pass trainingPass() {
    return trainingPass;
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, "Network.forward", "pass");
    beginUse();
    try {
      PassMemory.of(pass).beginForward();
      try {
        Require.batch(x, input, type, "Network", "input");
        INDArray a = plain(x, "X", pass);
        for (Layer layer : layers) {
          a = Checks.returned(layer.forward(a, pass), layer, "an array from forward");
        }
        return a;
      } finally {
        PassMemory.of(pass).end();
      }
    } finally {
      endUse();
    }
  }

  /** An array as layers take it: row-major, and valid as long as the pass. */
  private INDArray plain(INDArray array, String name, Pass pass) {
    return Layout.isPlain(array)
        ? array
        : pass.buffer(this, name, array.dataType(), array.shape()).assign(array);
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    Require.notNull(dY, "Network.backward", "dY");
    Require.notNull(pass, "Network.backward", "pass");
    beginBackward(pass);
    try {
      return layers.get(0).backward(backwardToFirst(dY, pass), pass);
    } finally {
      endBackward(pass);
    }
  }

  @Override
  public void backwardParameters(INDArray dY, Pass pass) {
    Require.notNull(dY, "Network.backwardParameters", "dY");
    Require.notNull(pass, "Network.backwardParameters", "pass");
    beginBackward(pass);
    try {
      layers.get(0).backwardParameters(backwardToFirst(dY, pass), pass);
    } finally {
      endBackward(pass);
    }
  }

  private void beginBackward(Pass pass) {
    beginUse();
    try {
      PassMemory.of(pass).beginBackward();
    } catch (RuntimeException | Error refused) {
      endUse();
      throw refused;
    }
  }

  private void endBackward(Pass pass) {
    PassMemory.of(pass).end();
    endUse();
  }

  /** Goes back through all layers but the first, and gives ∂L/∂ its output. */
  private INDArray backwardToFirst(INDArray dY, Pass pass) {
    INDArray gradient = plain(dY, "dY", pass);
    for (int i = layers.size() - 1; i > 0; i--) {
      Layer layer = layers.get(i);
      gradient = Checks.returned(layer.backward(gradient, pass), layer, "an array from backward");
    }
    return gradient;
  }

  @Override
  public void zeroGrad() {
    parameters.zeroGrad();
  }

  /**
   * All parameters, packed into one vector of values and one of gradients.
   *
   * @return the live vectors
   */
  @Override
  public ParameterVector parameters() {
    return parameters;
  }

  /**
   * The layers.
   *
   * @return first to last
   */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * Tells optimizers to leave the parameters of some layers as they are. Their gradients are
   * computed all the same.
   *
   * @param indices the layers, counted from 0
   * @throws IllegalArgumentException if there is no such layer
   */
  public void freeze(int... indices) {
    Require.notNull(indices, "Network.freeze", "indices");
    setFrozen(true, indices);
  }

  /**
   * Lets optimizers train the parameters of some layers again.
   *
   * @param indices the layers, counted from 0
   * @throws IllegalArgumentException if there is no such layer
   */
  public void unfreeze(int... indices) {
    Require.notNull(indices, "Network.unfreeze", "indices");
    setFrozen(false, indices);
  }

  private void setFrozen(boolean frozen, int... indices) {
    for (int index : indices) {
      Require.that(
          index >= 0 && index < layers.size(),
          "Network",
          "a layer from 0 to " + (layers.size() - 1),
          index,
          "count the layers from 0");
      layers.get(index).parameters().forEach(parameter -> parameter.freeze(frozen));
    }
  }

  /**
   * The shape of one sample of the input.
   *
   * @return the shape, without the batch
   */
  public Shape inputShape() {
    return input;
  }

  @Override
  public Shape outputShape() {
    return layers.get(layers.size() - 1).outputShape();
  }

  /**
   * The data type of parameters, inputs and outputs.
   *
   * @return FLOAT or DOUBLE
   */
  public DataType dataType() {
    return type;
  }

  @Override
  public Activation activation() {
    return lastLayer() instanceof ActivatedLayer last ? last.activation() : Activations.identity();
  }

  /**
   * The activation that decides what numbers the network gives: that of its last layer, or of the
   * one before layers that leave the kind of numbers as it is. Null if that is not known, as after
   * a layer of a user's own.
   */
  @Nullable Activation outputActivation() {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      if (layer instanceof Network nested) {
        return nested.outputActivation();
      }
      if (layer instanceof BatchNormalization || layer instanceof LayerNormalization) {
        return Activations.identity();
      }
      boolean isIdentity =
          layer instanceof ActivationLayer same && same.activation().equals(Activations.identity());
      if (layer instanceof ActivatedLayer last && !isIdentity) {
        return last.activation();
      }
      if (!(isIdentity || layer instanceof Flatten || layer instanceof Dropout)) {
        return null;
      }
    }
    return null;
  }

  @Override
  public Network withoutActivation() {
    if (!(lastLayer() instanceof ActivatedLayer last)) {
      return this;
    }
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, last.withoutActivation());
    return new Network(
        input, type, changed, parameters, false, () -> rebuild.get().withoutActivation(), lock);
  }

  /**
   * An independent network: the same layers with the same values, frozen parameters and
   * information; gradients of zero and a training pass of its own, whose random streams start anew.
   *
   * @return a network that shares nothing with this one
   */
  public Network copy() {
    beginUse();
    try {
      Network copy = rebuild.get();
      for (int i = 0; i < parameters.size(); i++) {
        copy.parameters.get(i).value().assign(parameters.get(i).value());
        copy.parameters.get(i).freeze(parameters.get(i).isFrozen());
      }
      copy.info = info;
      return copy;
    } finally {
      endUse();
    }
  }

  /**
   * What its users need to know: input scaling, class labels, notes. Saved with the network.
   *
   * @return nothing until {@link #setInfo} is called
   */
  public ModelInfo info() {
    return info;
  }

  /**
   * Says what its users need to know.
   *
   * @param newInfo in the place of what was there
   * @throws IllegalArgumentException if the input scaling does not fit the input, or there are
   *     class labels, but not one for each output (or two for one output)
   */
  public void setInfo(ModelInfo newInfo) {
    Require.notNull(newInfo, "Network.setInfo", "newInfo");
    newInfo.requireFits(input, outputShape());
    info = newInfo;
  }

  /**
   * The activations of each layer for some samples, with their statistics.
   *
   * @param x {@code [B, in...]}
   * @return a report whose text is a table
   */
  public NetworkReport describe(INDArray x) {
    beginUse();
    try {
      return Probe.activations(this, x);
    } finally {
      endUse();
    }
  }

  /**
   * The activations and gradients of each layer for a batch in training, with their statistics. The
   * gradients that the network has gathered, and its statistics, are left as they were.
   *
   * @param x {@code [B, in...]}
   * @param targets {@code [B, out]}
   * @param loss the loss of its predictions
   * @return a report whose text is a table
   */
  public NetworkReport describe(INDArray x, INDArray targets, Loss loss) {
    Require.notNull(loss, "Network.describe", "loss");
    beginUse();
    try {
      return Probe.gradients(Objective.of(this, loss), x, targets);
    } finally {
      endUse();
    }
  }

  /**
   * Returns the bytes outside the Java heap that this network owns and keeps: parameters,
   * gradients, the buffers of its training pass and those that {@link #predict} keeps. Those of
   * predictors and trainers are counted by these.
   *
   * @return for a network that shares the parameters of another ({@link #withoutActivation}, or one
   *     that is nested), its buffers alone
   */
  @Override
  public long offHeapBytes() {
    long ofParameters = ownsParameters ? parameters.offHeapBytes() : 0;
    return ofParameters + trainingPass.offHeapBytes() + passes.offHeapBytes();
  }

  /**
   * Frees parameters, gradients and buffers. Calls under way on other threads end first; new ones
   * throw {@link IllegalStateException}, as do calls of networks that share its parameters ({@link
   * #withoutActivation}, nested ones) and of its predictors. A {@link #copy} shares nothing.
   * Closing a network that shares the parameters of another frees its buffers alone.
   *
   * @throws IllegalStateException if the network is being trained
   */
  @Override
  public void close() {
    if (!closed) {
      if (ownsParameters) {
        lock.requireNoTraining();
      }
      closed = true;
      trainingPass.close();
      passes.close();
      if (ownsParameters && !PackedParameters.of(parameters).isNested()) {
        parameters.close();
      }
    }
  }

  private Layer lastLayer() {
    return layers.get(layers.size() - 1);
  }

  /** The network as a table of its layers, their output shapes and parameter counts. */
  @Override
  public String toString() {
    return Summary.of(this);
  }
}
