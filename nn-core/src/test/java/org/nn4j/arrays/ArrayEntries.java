package org.nn4j.arrays;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Loss;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.check.GradientCheck;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.init.Initializers;
import org.nn4j.internal.memory.Detached;
import org.nn4j.io.Safetensors;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.Layers;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Average;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.metric.Predictions;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkReport;
import org.nn4j.model.Objective;
import org.nn4j.model.Predictor;
import org.nn4j.optim.Optimizers;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.persistence.Progress;
import org.nn4j.train.ListenerState;

/**
 * The public entries of the library that take an array, each as a function of that array. All that
 * an entry needs beside it is made when the list is.
 */
final class ArrayEntries {
  /** An entry, used with an array in one of its parameters. */
  @FunctionalInterface
  interface Use {
    /**
     * Calls the entry.
     *
     * @return arrays, numbers, or a supplier of them, to be asked when the array is gone
     */
    Object of(INDArray x);
  }

  /**
   * One parameter of one entry.
   *
   * @param method as in {@code Dense.forward(INDArray,Pass)}
   * @param use calls it
   * @param writes whether the array receives the result
   */
  record Entry(String method, Use use, boolean writes) {}

  /** Entries for which the layout of an array has no meaning, or that others cover. */
  static final Map<String, String> EXEMPT =
      Map.ofEntries(
          Map.entry("Activation.forward(INDArray,INDArray)", "a contract"),
          Map.entry("Activation.backward(INDArray,INDArray,INDArray)", "a contract"),
          Map.entry("Layer.forward(INDArray,Pass)", "a contract"),
          Map.entry("Layer.backward(INDArray,Pass)", "a contract"),
          Map.entry("Layer.backwardParameters(INDArray,Pass)", "a contract"),
          Map.entry("Loss.compute(INDArray,INDArray,INDArray,INDArray)", "a contract"),
          Map.entry("Loss.requireTargets(INDArray)", "a contract"),
          Map.entry("Metric.update(INDArray,INDArray)", "a contract"),
          Map.entry("Pass.keep(Object,String,INDArray)", "keeps the array itself"),
          Map.entry(
              "LayerReport.new(String,String,INDArray,Statistics,Optional,Optional)",
              "holds what describe has made"),
          Map.entry("Require.batch(INDArray,Shape,DataType,Object,String)", "shape and type"),
          Map.entry("Require.like(INDArray,INDArray,Object,String)", "shape and type"),
          Map.entry("Shape.matches(INDArray)", "shape"),
          Map.entry("Shape.ofSamples(INDArray)", "shape"),
          Map.entry("UpdateRule.operations(INDArray,INDArray,List,List)", "vectors of optimizers"),
          Map.entry("SafetensorsReader.forEach(BiConsumer)", "gives arrays"));

  private static final double TENTH = 0.1;
  private static final int CLASSES = 3;

  private final List<Entry> entries = new ArrayList<>();
  private final DataType type;
  private final long[] shape;
  private final INDArray other;

  private ArrayEntries(DataType type, long[] shape) {
    this.type = type;
    this.shape = shape;
    this.other = probabilities(7, shape);
  }

  /** The entries that take an array of a data type and of the rank of a shape. */
  static List<Entry> of(DataType type, long... shape) {
    ArrayEntries list = new ArrayEntries(type, shape);
    if (shape.length == 1) {
      list.ofVectors();
    } else {
      list.ofBatches();
    }
    if (shape.length == 2) {
      list.ofRows();
    }
    return list.entries;
  }

  private void add(String method, Use use) {
    entries.add(new Entry(method, use, false));
  }

  private void addWriting(String method, Use use) {
    entries.add(new Entry(method, use, true));
  }

  private INDArray probabilities(long seed, long... ofShape) {
    return random(seed, ofShape).muli(TENTH).addi(1.0 / 2);
  }

  /** In no workspace, as all data of this list. */
  private INDArray random(long seed, long... ofShape) {
    return Detached.make(() -> Near.random(seed, type, ofShape));
  }

  /** Targets of every loss and metric. */
  private INDArray oneHot(long... ofShape) {
    INDArray rows = empty(ofShape);
    for (long i = 0; i < ofShape[0]; i++) {
      rows.putScalar(i, i % ofShape[1], 1);
    }
    return rows;
  }

  private INDArray empty(long... ofShape) {
    return Detached.make(() -> Nd4j.create(type, ofShape, 'c'));
  }

  private Network network(int... units) {
    var builder = Network.builder(Shape.ofSamples(other).toArray()).dataType(type).seed(3);
    if (shape.length > 2) {
      builder.flatten();
    }
    for (int i = 0; i < units.length; i++) {
      builder.dense(units[i], i == units.length - 1 ? softmax() : tanh());
    }
    return builder.build();
  }

  private void ofVectors() {
    int length = (int) shape[0];
    Network network =
        Network.builder(length - 1)
            .dataType(type)
            .dense(1, sigmoid(), Initializers.given(probabilities(5, length - 1, 1)))
            .build();
    ParameterVector parameters = network.parameters();
    add(
        "ParameterVector.setValues(INDArray)",
        x -> {
          parameters.setValues(x);
          return parameters.values();
        });
    add(
        "ParameterVector.setGradients(INDArray)",
        x -> {
          parameters.setGradients(x);
          return parameters.gradients();
        });
    add(
        "OptimizerState.new(String,long,Map,Map)",
        x -> {
          Optimizer optimizer = Optimizers.momentum(TENTH, 1.0 / 2);
          parameters.setValues(other);
          parameters.setGradients(other);
          optimizer.step(parameters);
          OptimizerState now = optimizer.state();
          String name = now.vectors().keySet().iterator().next();
          optimizer.restore(
              new OptimizerState(now.optimizer(), now.steps(), Map.of(name, x), now.numbers()),
              parameters);
          return (Supplier<Object>)
              () -> {
                optimizer.step(parameters);
                return List.of(parameters.values(), optimizer.state().vectors().get(name));
              };
        });
    ofParameters();
    add("Initializers.given(INDArray)", x -> given(Initializers.given(x)));
    ofTensors();
  }

  private void ofTensors() {
    add(
        "Safetensors.new(Map,Map)",
        x -> new Safetensors(Map.of("x", x), Map.of()).tensors().get("x"));
    add(
        "ListenerState.new(Map,Map)",
        x -> new ListenerState(Map.of(), Map.of("x", x)).tensors().get("x"));
    Network network = Network.builder(1).dense(1).build();
    add(
        "Checkpoint.withTensor(String,INDArray)",
        x ->
            Checkpoint.of(network, Optimizers.sgd(1), Progress.START, ModelRegistry.standard())
                .withTensor("x", x)
                .tensors()
                .get("x"));
  }

  private void ofParameters() {
    Parameter.Role role = Parameter.Role.WEIGHT;
    add("Parameter.new(String,Role,INDArray)", x -> parameter(new Parameter("x", role, x)));
    add("Parameter.owning(String,Role,INDArray)", x -> parameter(Parameter.owning("x", role, x)));
  }

  /** A value that can be written element by element, and its gradient. */
  private Object parameter(Parameter parameter) {
    parameter.gradient().addi(TENTH);
    return (Supplier<Object>)
        () ->
            List.of(parameter.value(), parameter.value().elementWiseStride(), parameter.gradient());
  }

  private Object given(org.nn4j.Initializer given) {
    Shape whole = Shape.of(shape);
    SeededRandom random = new SeededRandom(1);
    return (Supplier<Object>) () -> given.create(whole, type, random);
  }

  private void ofBatches() {
    ofNetworks();
    ofActivations();
    ofLayers();
    ofData();
    ofTensors();
    ofParameters();
    add("Initializers.given(INDArray)", x -> given(Initializers.given(x)));
  }

  private void ofNetworks() {
    Network network = network(5, CLASSES);
    INDArray targets = oneHot(shape[0], CLASSES);
    INDArray dY = random(8, shape[0], CLASSES);
    add("Network.predict(INDArray)", network::predict);
    Pass pass = Pass.training();
    add(
        "Network.forward(INDArray,Pass)",
        x -> {
          INDArray y = network.forward(x, pass);
          network.zeroGrad();
          return (Supplier<Object>)
              () -> List.of(y, network.backward(dY, pass), network.parameters().gradients());
        });
    add("NetworkReport.of(Network,INDArray)", x -> report(NetworkReport.of(network, x)));
    add(
        "NetworkReport.of(Network,INDArray,INDArray,Loss)",
        x -> report(NetworkReport.of(network, x, targets, crossEntropy())));
    Predictor predictor = Predictor.of(network);
    add("Predictor.predict(INDArray)", predictor::predict);
    Objective objective = Objective.of(network, squaredError());
    add(
        "Objective.perSampleGradients(INDArray,INDArray)",
        x -> objective.perSampleGradients(x, targets));
    Evaluator evaluator = Evaluator.of(network).loss(crossEntropy());
    add("Batch.new(INDArray,INDArray)", x -> figures(evaluator, new Batch(x, targets)));
    if (type == DataType.DOUBLE) {
      Layer layer = squashing();
      add("GradientCheck.check(Layer,INDArray)", x -> passed(GradientCheck.check(layer, x)));
    }
  }

  private Layer squashing() {
    return Layers.activation(tanh()).build(Shape.ofSamples(other), type, new SeededRandom(1));
  }

  private static Object passed(GradientCheck.Result result) {
    return List.of(result.passed() ? 1 : 0, result.entries());
  }

  private static Object report(NetworkReport report) {
    return report.layers().stream().map(layer -> layer.activations()).toList();
  }

  private Object figures(Evaluator evaluator, Batch batch) {
    BatchSource source =
        BatchSource.of(
            Shape.ofSamples(batch.inputs()),
            Shape.ofSamples(batch.targets()),
            epoch -> () -> List.of(batch).iterator());
    InputStatistics statistics = InputStatistics.of(source);
    return List.of(
        List.copyOf(evaluator.evaluate(source).figures().values()),
        statistics.mean(),
        statistics.deviation(),
        inputs(source.normalize(statistics.standardOverall())));
  }

  private static INDArray inputs(BatchSource source) {
    return source.evaluation().iterator().next().inputs();
  }

  private void ofActivations() {
    for (Activation a :
        List.of(
            Activations.elu(1.0 / 2),
            Activations.gelu(),
            Activations.identity(),
            Activations.leakyRelu(),
            Activations.relu(),
            Activations.sigmoid(),
            Activations.silu(),
            Activations.softmax(),
            Activations.softplus(),
            Activations.tanh())) {
      String forward = a.getClass().getSimpleName() + ".forward(INDArray,INDArray)";
      String backward = a.getClass().getSimpleName() + ".backward(INDArray,INDArray,INDArray)";
      add(forward, x -> into(y -> a.forward(x, y)));
      addWriting(forward, x -> a(() -> a.forward(other, x), x));
      add(backward, x -> into(y -> a.backward(x, other, y)));
      add(backward, x -> into(y -> a.backward(other, x, y)));
      addWriting(backward, x -> a(() -> a.backward(other, other, x), x));
    }
  }

  private INDArray into(java.util.function.Consumer<INDArray> call) {
    INDArray result = empty(shape);
    call.accept(result);
    return result;
  }

  private static INDArray a(Runnable call, INDArray result) {
    call.run();
    return result;
  }

  private void ofLayers() {
    List<LayerSpec> specs = new ArrayList<>();
    for (Activation activation :
        List.of(tanh(), softmax(), Activations.gelu(), Activations.identity())) {
      specs.add(Layers.activation(activation));
      if (shape.length == 2) {
        int units = (int) shape[1];
        specs.add(
            Layers.dense(units, activation, Initializers.glorot(), Initializers.constant(TENTH)));
      }
    }
    specs.add(Layers.dropout(1.0 / 2));
    specs.add(Layers.flatten());
    if (shape.length == 2) {
      specs.add(Layers.batchNormalization());
      specs.add(Layers.layerNormalization());
    }
    for (LayerSpec spec : specs) {
      for (boolean training : new boolean[] {true, false}) {
        Layer layer = spec.build(Shape.ofSamples(other), type, new SeededRandom(4));
        addLayer(layer, training);
      }
    }
  }

  private void addLayer(Layer layer, boolean training) {
    String name = layer.getClass().getSimpleName();
    List<Supplier<Pass>> passes = List.of(training ? Pass::training : Pass::inference);
    add(
        name + ".forward(INDArray,Pass)",
        x -> {
          Pass pass = passes.get(0).get();
          INDArray y = layer.forward(x, pass);
          layer.zeroGrad();
          INDArray dY = random(6, y.shape());
          return List.of(y, layer.backward(dY, pass), gradients(layer));
        });
    if (layer instanceof Flatten && shape.length > 2) {
      return; // its gradient is of rank 2: it is that of the next list
    }
    add(
        name + ".backward(INDArray,Pass)",
        x -> {
          Pass pass = passes.get(0).get();
          layer.forward(other, pass);
          layer.zeroGrad();
          return List.of(layer.backward(x, pass), gradients(layer));
        });
    add(
        name + ".backwardParameters(INDArray,Pass)",
        x -> {
          Pass pass = passes.get(0).get();
          layer.forward(other, pass);
          layer.zeroGrad();
          layer.backwardParameters(x, pass);
          return gradients(layer);
        });
  }

  private static List<INDArray> gradients(Layer layer) {
    return layer.parameters().stream().map(Parameter::gradient).toList();
  }

  private void ofData() {
    int rows = (int) shape[0];
    INDArray y = probabilities(2, rows, 2);
    int[] labels = IntStream.range(0, rows).map(i -> i % CLASSES).toArray();
    Dataset data = Dataset.of(other, y);
    add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(x, y)));
    add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(y, x)));
    add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(x, y).concat(data)));
    add(
        "Dataset.ofLabels(INDArray,int[],int)",
        x -> gathered(Dataset.ofLabels(x, labels, CLASSES)));
    add("Dataset.mapInputs(UnaryOperator)", x -> gathered(data.mapInputs(q -> first(x, q))));
    add(
        "Dataset.mapTargets(UnaryOperator)",
        x -> gathered(Dataset.of(y, other).mapTargets(q -> first(x, q))));
    InputScaling one = new InputScaling(List.of(TENTH), List.of(2.0));
    Double[] each = new Double[(int) Shape.ofSamples(other).size()];
    Arrays.setAll(each, j -> 1.0 + j);
    InputScaling many = new InputScaling(List.of(each), List.of(each));
    for (InputScaling scaling : List.of(one, many)) {
      add("InputScaling.apply(INDArray)", scaling::apply);
      add("InputScaling.apply(INDArray,DataType)", x -> scaling.apply(x, DataType.FLOAT));
      add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(x, y).normalize(scaling)));
    }
    add(
        "Dataset.of(INDArray,INDArray)",
        x -> InputStatistics.of(Dataset.of(x, y)).standard().mean());
    if (shape.length == 2) {
      int[] all = IntStream.range(0, rows).toArray();
      addWriting(
          "Dataset.gather(int[],INDArray,INDArray)",
          x -> a(() -> data.gather(all, x, empty(rows, 2)), x));
      addWriting(
          "Dataset.gather(int[],INDArray,INDArray)",
          x -> a(() -> data.normalize(many).gather(all, x, empty(rows, 2)), x));
    }
  }

  private static INDArray first(INDArray x, INDArray rows) {
    return x.get(NDArrayIndex.interval(0, rows.size(0)));
  }

  /** All samples of a data set in both types. */
  private static Object gathered(Dataset data) {
    return (Supplier<Object>)
        () -> {
          List<INDArray> all = new ArrayList<>();
          for (DataType batch : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Nd4j.create(batch, data.inputShape().withBatch(data.size()), 'c');
            INDArray y = Nd4j.create(batch, data.targetShape().withBatch(data.size()), 'c');
            data.gather(IntStream.range(0, data.size()).toArray(), x, y);
            all.addAll(List.of(x, y));
          }
          return all;
        };
  }

  private void ofRows() {
    ofGradientsOfNetworks();
    ofLosses();
    ofMetrics();
    int classes = (int) shape[1];
    add("Predictions.classIndices(INDArray)", Predictions::classIndices);
    add("Predictions.oneHot(INDArray)", Predictions::oneHot);
    add(
        "Predictions.topK(INDArray,int)",
        x ->
            Predictions.topK(x, classes).stream()
                .map(
                    row ->
                        row.stream()
                            .map(c -> (Object) List.of(c.index(), c.probability()))
                            .toList())
                .toList());
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    add(
        "Predictions.withLabels(INDArray,List)",
        x ->
            Predictions.withLabels(x, names).stream()
                .map(c -> (Object) List.of(Double.valueOf(c.label()), c.probability()))
                .toList());
    if (classes == 1) {
      INDArray y = probabilities(1, shape[0], 2);
      Network network = Network.builder(2).dataType(type).dense(2, softmax()).build();
      Evaluator evaluator = Evaluator.of(network).loss(squaredError());
      add("Batch.new(INDArray,INDArray,INDArray)", x -> figures(evaluator, new Batch(y, y, x)));
      addWriting(
          "Dataset.gatherWeights(int[],INDArray)",
          x -> {
            double[] weights = IntStream.range(0, (int) shape[0]).asDoubleStream().toArray();
            Dataset weighted = Dataset.of(y, y).withWeights(weights);
            weighted.gatherWeights(IntStream.range(0, weights.length).toArray(), x);
            return x;
          });
    }
  }

  private void ofGradientsOfNetworks() {
    int units = (int) shape[1];
    Network network =
        Network.builder(units).dataType(type).dense(4, tanh()).dense(units, sigmoid()).build();
    Pass pass = Pass.training();
    add(
        "Network.backward(INDArray)",
        x -> {
          network.forward(other, network.trainingPass());
          network.zeroGrad();
          return List.of(
              network.backward(x, network.trainingPass()), network.parameters().gradients());
        });
    add(
        "Network.backward(INDArray,Pass)",
        x -> {
          network.forward(other, pass);
          network.zeroGrad();
          return List.of(network.backward(x, pass), network.parameters().gradients());
        });
    add(
        "Network.backwardParameters(INDArray,Pass)",
        x -> {
          network.forward(other, pass);
          network.zeroGrad();
          network.backwardParameters(x, pass);
          return network.parameters().gradients();
        });
    add(
        "NetworkReport.of(Network,INDArray,INDArray,Loss)",
        x ->
            List.of(
                NetworkReport.of(network, other, x, squaredError())
                    .layers()
                    .get(0)
                    .outputGradient()
                    .orElseThrow()
                    .mean()));
    Objective objective = Objective.of(network, squaredError());
    add(
        "Objective.perSampleGradients(INDArray,INDArray)",
        x -> objective.perSampleGradients(other, x));
    Evaluator evaluator = Evaluator.of(network).loss(squaredError());
    add("Batch.new(INDArray,INDArray)", x -> figures(evaluator, new Batch(other, x)));
    if (type == DataType.DOUBLE) {
      Layer layer = squashing();
      Loss loss = squaredError();
      String check = "GradientCheck.check(Layer,Loss,INDArray,INDArray)";
      add(check, x -> passed(GradientCheck.check(layer, loss, x, other)));
      add(check, x -> passed(GradientCheck.check(layer, loss, other, x)));
    }
  }

  private void ofLosses() {
    INDArray classes = oneHot(shape);
    for (Loss loss :
        List.of(
            squaredError(),
            crossEntropy(),
            crossEntropy().withLabelSmoothing(TENTH),
            Losses.softmaxCrossEntropy(),
            Losses.meanAbsoluteError(),
            Losses.huber(),
            Losses.binaryCrossEntropy(),
            Losses.sigmoidBinaryCrossEntropy())) {
      String compute =
          loss.getClass().getSimpleName() + ".compute(INDArray,INDArray,INDArray,INDArray)";
      add(compute, x -> computed(loss, x, classes));
      add(compute, x -> computed(loss, other, x));
      addWriting(compute, x -> a(() -> loss.compute(other, classes, empty(shape[0]), x), x));
      add(
          loss.getClass().getSimpleName() + ".requireTargets(INDArray)",
          x -> {
            loss.requireTargets(x);
            return 1;
          });
      String forward = "Loss.forward(INDArray,INDArray,Pass)";
      add(forward, x -> forward(loss, x, classes, null));
      add(forward, x -> forward(loss, other, x, null));
      add("Loss.perSample(INDArray,INDArray)", x -> loss.perSample(x, classes));
      add("Loss.perSample(INDArray,INDArray)", x -> loss.perSample(other, x));
      if (shape[1] == 1) {
        INDArray predictions = probabilities(1, shape[0], 2);
        INDArray pairs = oneHot(shape[0], 2);
        add(
            "Loss.forward(INDArray,INDArray,INDArray,Pass)",
            x -> forward(loss, predictions, pairs, x));
      }
    }
  }

  private Object computed(Loss loss, INDArray predictions, INDArray targets) {
    INDArray perSample = empty(shape[0]);
    INDArray gradient = empty(shape);
    loss.compute(predictions, targets, perSample, gradient);
    return List.of(perSample, gradient);
  }

  private static Object forward(Loss loss, INDArray p, INDArray y, INDArray weights) {
    Pass pass = Pass.training();
    return List.of(loss.forward(p, y, weights, pass), loss.backward(pass));
  }

  private void ofMetrics() {
    INDArray classes = oneHot(shape);
    for (Supplier<Metric> maker :
        List.<Supplier<Metric>>of(
            Metrics::accuracy,
            () -> Metrics.topKAccuracy(2),
            () -> Metrics.confusionMatrix((int) Math.max(2, shape[1])),
            Metrics::mae,
            Metrics::mse,
            Metrics::rSquared,
            () -> Metrics.toleranceAccuracy(TENTH),
            Metrics::hammingLoss,
            () -> Metrics.f1Score(Average.MACRO),
            () -> Metrics.rocAuc(Average.MACRO),
            Metrics::calibrationError,
            Metrics::thresholds,
            Metrics::mcc,
            Metrics::mape)) {
      String update = maker.get().getClass().getSimpleName() + ".update(INDArray,INDArray)";
      add(update, x -> measured(maker.get(), x, classes));
      add(update, x -> measured(maker.get(), other, x));
    }
  }

  private static Object measured(Metric metric, INDArray predictions, INDArray targets) {
    metric.update(predictions, targets);
    return (Supplier<Object>) metric::value;
  }

  /** All numbers of a result, in order. */
  static double[] numbers(Object result) {
    if (result instanceof Supplier<?> later) {
      return numbers(later.get());
    }
    if (result instanceof INDArray array) {
      return Near.doubles(array);
    }
    if (result instanceof int[] numbers) {
      return Arrays.stream(numbers).asDoubleStream().toArray();
    }
    if (result instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    List<double[]> parts = new ArrayList<>();
    for (Iterator<?> all = ((List<?>) result).iterator(); all.hasNext(); ) {
      parts.add(numbers(all.next()));
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
