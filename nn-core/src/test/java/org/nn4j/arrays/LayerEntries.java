package org.nn4j.arrays;

import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.init.Initializers;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.Layers;

/** Entries of activations and layers. */
final class LayerEntries extends ArrayEntries {
  LayerEntries(DataType type, long[] shape) {
    super(type, shape);
  }

  @Override
  void addAll() {
    if (shape.length > 1) {
      ofActivations();
      ofLayers();
    }
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
}
