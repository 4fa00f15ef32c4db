package org.nn4j.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Initializer;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.init.Initializers;
import org.nn4j.internal.onnx.NetworkDraft.ActivationDraft;
import org.nn4j.internal.onnx.NetworkDraft.DenseDraft;
import org.nn4j.internal.onnx.NetworkDraft.NormDraft;
import org.nn4j.internal.onnx.NetworkDraft.Part;
import org.nn4j.internal.onnx.NetworkDraft.ScaleDraft;
import org.nn4j.io.ModelFormatException;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.Layers;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;

/** Builder of the network from the layers that a walk found. */
final class NetworkAssembly {
  private static final int MAX_LAYERS = 10_000;

  private final Walk walk;
  private final String file;

  NetworkAssembly(Walk walk) {
    this.walk = walk;
    this.file = walk.graph().file();
  }

  /**
   * Builds the network.
   *
   * @throws ModelFormatException if a size is unknown, or there are more parameters than the file
   *     can hold
   */
  Network build() throws ModelFormatException {
    List<Part> parts = walk.draft().parts();
    if (parts.size() > MAX_LAYERS) {
      throw refused("at most " + MAX_LAYERS + " layers", String.valueOf(parts.size()));
    }
    try {
      Network network = recipe(input(), parts).build();
      List<Layer> layers = new ArrayList<>(network.layers());
      layers.removeIf(layer -> layer instanceof Flatten);
      for (int i = 0; i < parts.size(); i++) {
        setValues(parts.get(i), layers.get(i).parameters());
      }
      return network;
    } catch (IllegalArgumentException e) {
      throw refused("layers that fit together", String.valueOf(e.getMessage()));
    }
  }

  private Shape input() throws ModelFormatException {
    long[] input = walk.sample().inputShape();
    if (walk.sample().isByRow()) {
      input = new long[] {input[input.length - 1]};
    }
    if (LongStream.of(input).anyMatch(size -> size < 1)) {
      throw refused(
          "an input whose sizes are known but for the batch",
          "[batch, " + Arrays.toString(input).substring(1) + ", -1 for an open size");
    }
    return Shape.of(input);
  }

  private NetworkBuilder recipe(Shape input, List<Part> parts) throws ModelFormatException {
    NetworkBuilder builder =
        Network.builder(input).dataType(walk.isDouble() ? DataType.DOUBLE : DataType.FLOAT);
    long size = input.size();
    long parameters = 0;
    boolean isRow = input.rank() == 1;
    for (Part part : parts) {
      if (part.isOfRows() && !isRow) {
        builder.flatten();
        isRow = true;
      }
      parameters += part.parameters(Math.min(size, walk.mostElements() + 1));
      walk.requireElements(parameters);
      builder.layer(spec(part));
      size = part instanceof DenseDraft dense ? dense.units : size;
    }
    if (!isRow && walk.sample().isRegrouped() && walk.sample().shape().length == 1) {
      builder.flatten();
    } else if (parts.isEmpty()) {
      builder.activation(Activations.identity());
    }
    return builder;
  }

  private static LayerSpec spec(Part part) {
    if (part instanceof DenseDraft dense) {
      Initializer zeros = Initializers.zeros();
      return Layers.dense(dense.units, dense.activation, zeros, zeros);
    }
    if (part instanceof ActivationDraft activation) {
      return Layers.activation(activation.activation);
    }
    if (part instanceof NormDraft norm) {
      boolean isMomentum = norm.momentum > 0 && norm.momentum <= 1;
      return norm.statistics.isEmpty()
          ? Layers.layerNormalization(norm.epsilon)
          : Layers.batchNormalization(norm.epsilon, isMomentum ? norm.momentum : 0.1);
    }
    return Layers.batchNormalization(ScaleDraft.EPSILON, 0.1);
  }

  private static void setValues(Part part, List<Parameter> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      set(parameter.value(), part.values().get(i));
      parameter.freeze(part instanceof ScaleDraft);
    }
  }

  private static void set(INDArray value, double... numbers) {
    if (numbers.length == 1) {
      value.assign(numbers[0]);
    } else {
      try (INDArray array = Nd4j.createFromArray(numbers)) {
        value.assign(array.reshape('c', value.shape()));
      }
    }
  }

  private ModelFormatException refused(String expected, String found) {
    return new ModelFormatException(
        file, "graph", expected, found, "export the model again with other settings");
  }
}
