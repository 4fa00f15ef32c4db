package org.nn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.metric.Predictions;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.model.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Classifies pictures of digits. Prints the digit, its probability, the input of the network, and
 * the probability of each digit, and warns if the picture is unlike a digit.
 *
 * <p>The outputs of the classic network are sigmoids, which do not sum to 1; they are divided by
 * their sum.
 */
@Command(
    name = "predict",
    sortOptions = false,
    showDefaultValues = true,
    description = "Classifies pictures of digits with a trained network.")
final class MnistPredict extends Example {
  /** Characters from paper to ink. */
  private static final String SHADES = " .:-=+*#%@";

  /** A character of a terminal is about twice as high as it is wide. */
  private static final int PIXELS_A_LINE = 2;

  /** The first line of the picture with a digit beside it. */
  private static final int FIRST_LINE = 2;

  private static final int BAR = 20;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "pictures of one digit each, PNG or JPEG")
  private List<Path> files = List.of();

  @Mixin private ModelOption model = new ModelOption();

  @Override
  int run(PrintWriter out) throws IOException {
    Network network = model.load();
    model.requirePixels(network, DigitImage.SIDE * DigitImage.SIDE);
    int exitCode = OK;
    for (Path file : files) {
      try {
        print(file, network, DigitImage.read(file), out);
      } catch (IOException unreadable) {
        printError(unreadable);
        exitCode = FAILED;
      }
    }
    return exitCode;
  }

  private static void print(Path file, Network network, DigitImage digit, PrintWriter out) {
    INDArray outputs = network.predict(ModelOption.inputs(network, digit.toArray()));
    double sum = outputs.sumNumber().doubleValue();
    double[] probabilities = outputs.div(sum > 0 ? sum : 1).toDoubleVector();
    out.println(file + ": " + answer(outputs, probabilities));
    digit.doubt().ifPresent(doubt -> out.println(Digits.remark(doubt)));
    for (int line = 0; line < DigitImage.SIDE / PIXELS_A_LINE; line++) {
      int label = line - FIRST_LINE;
      boolean beside = label >= 0 && label < probabilities.length;
      out.println(picture(digit, line) + (beside ? bar(label, probabilities[label]) : ""));
    }
  }

  /** Returns the most probable digit, if there is one. */
  private static String answer(INDArray outputs, double[] probabilities) {
    int digit = Predictions.classIndices(outputs)[0];
    return digit < 0 || !(probabilities[digit] > 0)
        ? "no digit, as no output is above 0"
        : String.format(Locale.ROOT, "%d, %.2f %% sure", digit, 100 * probabilities[digit]);
  }

  private static String picture(DigitImage digit, int line) {
    float[] pixels = digit.toFloats();
    StringBuilder shades = new StringBuilder();
    for (int column = 0; column < DigitImage.SIDE; column++) {
      int above = line * PIXELS_A_LINE * DigitImage.SIDE + column;
      float ink = (pixels[above] + pixels[above + DigitImage.SIDE]) / PIXELS_A_LINE;
      shades.append(SHADES.charAt(Math.round(ink * (SHADES.length() - 1))));
    }
    return shades.toString();
  }

  private static String bar(int label, double probability) {
    String bar = "#".repeat((int) Math.round(BAR * probability));
    return String.format(Locale.ROOT, "  %d %6.2f %% %s", label, 100 * probability, bar);
  }
}
