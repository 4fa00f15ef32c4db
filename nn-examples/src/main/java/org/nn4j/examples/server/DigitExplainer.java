package org.nn4j.examples.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.explain.Attribution;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.model.LayerReport;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkReport;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.predict.Classifier;
import org.nn4j.predict.Prediction;

/**
 * Explanations of drawn digits: class probabilities by nn-predict, as in an application without
 * native code; activations and saliency from nn-core. Thread-safe.
 */
public final class DigitExplainer implements AutoCloseable {
  private final Network network;
  private final Classifier classifier;
  private final Attribution attribution;

  /**
   * Creates an explainer.
   *
   * @param network a network of {@link ModelOption#load}, not closed with the explainer
   * @throws IOException if the temporary file that nn-predict loads cannot be written
   */
  public DigitExplainer(Network network) throws IOException {
    this.network = network;
    this.classifier = served(network);
    // The gradient of a probability close to 1 is close to 0.
    this.attribution = Attribution.of(network.withoutActivation());
  }

  private static Classifier served(Network network) throws IOException {
    Path file = Files.createTempFile("digit-pad", ".safetensors");
    try {
      ModelFiles.save(network, file);
      return Classifier.load(file);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Classifies a digit and explains the prediction.
   *
   * @return for JSON: {@code label}, {@code probabilities}, the {@code pixels} of the digit from 0
   *     to 255, {@code layers} of {@code name} and {@code activations}, {@code saliency} (the
   *     gradient of the predicted class's score with respect to each input), and {@code doubt}
   *     whether it is a digit, empty if there is none
   */
  public synchronized Map<String, Object> explain(DigitImage digit) {
    List<Integer> pixels = new ArrayList<>();
    for (byte pixel : digit.pixels()) {
      pixels.add(Byte.toUnsignedInt(pixel));
    }
    Prediction prediction = classifier.predict(pixels);
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("label", prediction.label());
    explanation.put("probabilities", List.copyOf(prediction.probabilities().values()));
    explanation.put("pixels", pixels);
    try (INDArray ink = digit.toArray();
        INDArray x = ModelOption.inputs(network, ink)) {
      List<Map<String, Object>> layers = new ArrayList<>();
      for (LayerReport layer : NetworkReport.of(network, x).layers()) {
        layers.add(Map.of("name", layer.layer(), "activations", numbers(layer.activations())));
        layer.activations().close();
      }
      explanation.put("layers", layers);
      double[] input = x.reshape(x.length()).toDoubleVector();
      int output = classifier.classes().indexOf(prediction.label());
      explanation.put("saliency", floats(attribution.saliency(input, output)));
    }
    explanation.put("doubt", digit.doubt().orElse(""));
    return explanation;
  }

  private static List<Float> numbers(INDArray array) {
    return floats(array.reshape(array.length()).toDoubleVector());
  }

  private static List<Float> floats(double[] numbers) {
    List<Float> floats = new ArrayList<>(numbers.length);
    for (double number : numbers) {
      floats.add((float) number);
    }
    return floats;
  }

  @Override
  public void close() {
    attribution.close();
  }
}
