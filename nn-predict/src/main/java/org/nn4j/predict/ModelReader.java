package org.nn4j.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reader of the steps of a network from a model file. Checks each tensor against the architecture,
 * and each layer against its output shape; an unused tensor is refused.
 *
 * <p>Code for valid files, here and in {@link TensorFile}, has no lambda, stream, {@code
 * String.format} or string concatenation: their classes would double the start-up time of a
 * program.
 */
final class ModelReader {

  private static final String IDENTITY = "identity";

  private final TensorFile file;
  private final Map<String, LayerReader> readers;
  private final String type;
  private final Set<String> taken = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private String lastActivation = IDENTITY;

  ModelReader(TensorFile file, Map<String, LayerReader> readers) throws ModelFormatException {
    this.file = file;
    this.readers = readers;
    require("format", "nn4j");
    require("format_version", "1", "2");
    this.type = file.text("dtype");
    if (!type.equals("F32") && !type.equals("F64")) {
      throw file.wrong("metadata 'dtype'", "F32 or F64", type);
    }
  }

  private void require(String key, String... expected) throws ModelFormatException {
    String found = file.text(key);
    if (!Arrays.asList(expected).contains(found)) {
      throw file.wrong(
          "metadata '" + key + "'",
          "'" + Texts.join("' or '", Arrays.asList(expected)) + "'",
          "'" + found + "'",
          "load a file that this version of nn4j or an older one wrote",
          null);
    }
  }

  /** Reads the network and completes its steps. */
  LayerDescription read() throws ModelFormatException {
    Map<String, Object> settings = file.parse("architecture", file.text("architecture"));
    LayerDescription network =
        new LayerDescription(
            this,
            "",
            settings,
            shape(settings.get("input"), "input"),
            shape(settings.get("output"), "output"));
    if (!network.type().equals("Network")) {
      throw network.wrong("type", "Network");
    }
    addNetwork(network);
    boolean isCheckpoint = file.has("checkpoint");
    for (String name : file.tensors().keySet()) {
      boolean isAdded =
          isCheckpoint && (name.startsWith("optimizer.") || name.startsWith("extra."));
      if (!taken.contains(name) && !isAdded) {
        throw wrong("tensors", "those of the layers", name);
      }
    }
    return network;
  }

  List<Step> steps() {
    return steps;
  }

  /** Returns the type of the last activation. */
  String lastActivation() {
    return lastActivation;
  }

  private void addNetwork(LayerDescription network) throws ModelFormatException {
    network.requireOnly("input", "layers");
    if (!(network.value("layers") instanceof List<?> layers) || layers.isEmpty()) {
      throw network.wrong("layers", "at least one layer");
    }
    List<Integer> shape = shape(network.value("input"), network.path().concat("input"));
    if (!shape.equals(network.input())) {
      throw network.wrong("input", "the output of the layer before, " + network.input());
    }
    for (int i = 0; i < layers.size(); i++) {
      String path = network.path().concat("layers.").concat(Integer.toString(i)).concat(".");
      Map<String, Object> settings = object(layers.get(i), path);
      List<Integer> output = shape(settings.get("output"), path.concat("output"));
      addLayer(new LayerDescription(this, path, settings, shape, output));
      shape = output;
    }
    if (!shape.equals(network.output())) {
      throw network.wrong("output", "the output of its last layer, " + shape);
    }
  }

  private void addLayer(LayerDescription layer) throws ModelFormatException {
    lastActivation = IDENTITY;
    switch (layer.type()) {
      case "Network" -> addNetwork(layer);
      case "Dense" -> addDense(layer);
      case "Activation" -> {
        layer.requireOnly("activation");
        layer.requireSameShape();
        addActivation(layer.activation());
      }
      case "Flatten" -> {
        layer.requireOnly();
        if (layer.output().size() != 1 || layer.outputSize() != layer.inputSize()) {
          throw layer.wrong("output", "[" + layer.inputSize() + "]");
        }
      }
      case "Dropout" -> {
        layer.requireOnly("rate", "seed");
        layer.requireSameShape();
        double rate = layer.number("rate");
        layer.number("seed");
        if (!(rate >= 0 && rate < 1)) {
          throw layer.wrong("rate", "a number in [0, 1)");
        }
      }
      case "BatchNormalization" -> steps.add(new Normalization.Batch(layer));
      case "LayerNormalization" -> steps.add(new Normalization.Layer(layer));
      default -> steps.add(custom(layer));
    }
  }

  private void addDense(LayerDescription layer) throws ModelFormatException {
    layer.requireOnly("units", "activation");
    layer.requireVector();
    int in = layer.inputSize();
    int units = layer.count("units");
    if (!layer.output().equals(Collections.singletonList(units))) {
      throw layer.wrong("output", "[" + units + "]");
    }
    float[] weight = layer.parameter("weight", in, units);
    steps.add(Dense.of(in, units, weight, layer.parameter("bias", units)));
    addActivation(layer.activation());
  }

  private void addActivation(LayerDescription activation) throws ModelFormatException {
    lastActivation = activation.type();
    Step step = Activation.of(activation);
    steps.add(step == null ? custom(activation) : step);
  }

  private Step custom(LayerDescription layer) throws ModelFormatException {
    LayerReader reader = readers.get(layer.type());
    if (reader == null) {
      throw file.wrong(
          layer.path() + "type",
          "a type of nn-core, or one of " + readers.keySet(),
          layer.type(),
          "pass a LayerReader for '" + Texts.brief(layer.type()) + "' to load",
          null);
    }
    try {
      LayerFunction function = reader.read(layer);
      if (function == null) {
        throw new NullPointerException(
            "LayerReader of '" + layer.type() + "': expected a LayerFunction, found null");
      }
      return new UserLayer(layer.inputSize(), layer.outputSize(), function);
    } catch (RuntimeException e) {
      throw file.wrong(
          layer.path(), "a layer that its LayerReader reads", e, "correct the LayerReader", e);
    }
  }

  float[] parameter(String name, int... shape) throws ModelFormatException {
    TensorFile.Tensor tensor = file.tensors().get(name);
    List<Long> expected = new ArrayList<>();
    for (int dimension : shape) {
      expected.add((long) dimension);
    }
    if (tensor == null || !tensor.shape.equals(expected) || !tensor.type.equals(type)) {
      throw wrong(
          "tensor '" + name + "'",
          type + " " + expected,
          tensor == null ? "none" : tensor.type + " " + tensor.shape);
    }
    taken.add(name);
    return file.floats(tensor);
  }

  /** Returns a shape whose elements fit an array. */
  List<Integer> shape(Object value, String place) throws ModelFormatException {
    if (!(value instanceof List<?> dimensions) || dimensions.isEmpty()) {
      throw wrong(place, "a shape such as [784]", value);
    }
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (Object dimension : dimensions) {
      int count = count(dimension, place);
      size *= count;
      if (size > Integer.MAX_VALUE) {
        throw wrong(place, "at most 2^31 - 1 elements", dimensions);
      }
      shape.add(count);
    }
    return shape;
  }

  int count(Object value, String place) throws ModelFormatException {
    double number = value instanceof Json.Num text ? text.toDouble() : 0;
    if (!(number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number))) {
      throw wrong(place, "whole numbers from 1 to 2^31 - 1", value);
    }
    return (int) number;
  }

  @SuppressWarnings("unchecked") // Json creates only maps with string keys
  Map<String, Object> object(Object value, String place) throws ModelFormatException {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw wrong(place, "an object", value);
  }

  ModelFormatException wrong(String place, String expected, Object found) {
    return file.wrong("architecture, " + Texts.brief(place), expected, found);
  }
}
