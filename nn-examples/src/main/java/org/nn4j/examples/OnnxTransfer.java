package org.nn4j.examples;

import static java.util.Objects.requireNonNull;
import static org.nn4j.loss.Losses.softmaxCrossEntropy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.nn4j.examples.cli.Digits;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.Network;
import org.nn4j.onnx.Onnx;
import org.nn4j.predict.Classifier;
import org.nn4j.train.Trainer;

/**
 * A network that PyTorch trained on 2,000 digits: imported from ONNX, trained on, saved, served by
 * nn-predict in plain Java, and exported to ONNX with its scaling and labels. Expect about 67 % of
 * 1,000 generated digits before and 84 % after training on 6,000.
 */
public final class OnnxTransfer {
  private OnnxTransfer() {}

  /**
   * Imports, trains, serves and exports.
   *
   * @param args the folder for {@code mlp.onnx}, {@code digits.safetensors} and {@code
   *     digits.onnx}; the current one by default
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length == 0 ? "." : args[0]);
    Path pytorch = folder.resolve("mlp.onnx");
    try (InputStream resource = OnnxTransfer.class.getResourceAsStream("mlp.onnx")) {
      Files.copy(requireNonNull(resource), pytorch, StandardCopyOption.REPLACE_EXISTING);
    }
    Digits digits = Digits.generated(6_000);
    Network network = Onnx.importNetwork(pytorch);
    System.out.println(network);
    System.out.println("PyTorch's network, " + digits.accuracy(network));

    train(network, digits);
    System.out.println("trained on, " + digits.accuracy(network));

    Path saved = folder.resolve("digits.safetensors");
    Path exported = folder.resolve("digits.onnx");
    network.setInfo(ModelOption.info(Digits.GENERATED));
    org.nn4j.estimator.Classifier classifier = org.nn4j.estimator.Classifier.of(network);
    classifier.save(saved);
    Onnx.export(classifier, exported);

    org.nn4j.predict.Prediction prediction = Classifier.load(saved).predict(pixels(7));
    System.out.printf(
        Locale.ROOT,
        "nn-predict classifies a 7 as %s, probability %.2f%n",
        prediction.label(),
        prediction.probability());
    System.out.println(exported + " is for Python, C#, browsers and phones");
  }

  private static void train(Network network, Digits digits) {
    Trainer.builder(network)
        .loss(softmaxCrossEntropy()) // PyTorch's network ends with logits
        .optimizer(adam(0.003))
        .batchSize(32)
        .epochs(5)
        .seed(1)
        .build()
        .fit(digits.train());
  }

  /** Returns the pixels of a generated digit, from 0 to 255. */
  static double[] pixels(int digit) {
    byte[] all = SyntheticDigits.generate(10, 3).pixels();
    double[] pixels = new double[SyntheticDigits.SIDE * SyntheticDigits.SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = all[digit * pixels.length + i] & 0xff;
    }
    return pixels;
  }
}
