package org.nn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.examples.cli.Digits;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.mnist.digits.DigitImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Classifies pictures of digits. Prints the digit, its probability, the input of the network, and
 * the probability of each digit, and warns if the picture is unlike a digit.
 *
 * <p>The outputs of the classic network are sigmoids, which do not sum to 1; a classifier divides
 * them by their sum.
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

  /** The first line of the picture that has a digit beside it. */
  private static final int FIRST_LINE = 2;

  private static final int BAR = 20;
  private static final float FULL_INK = 255;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "pictures of one digit each, PNG or JPEG")
  private List<Path> files = List.of();

  @Mixin private ModelOption model = new ModelOption();

  @Override
  protected int run(PrintWriter out) throws IOException {
    Classifier classifier = Classifier.of(model.load());
    model.requirePixels(classifier.network(), DigitImage.SIDE * DigitImage.SIDE);
    int exitCode = OK;
    for (Path file : files) {
      try {
        print(file, classifier, DigitImage.read(file), out);
      } catch (IOException unreadable) {
        printError(unreadable);
        exitCode = FAILED;
      }
    }
    return exitCode;
  }

  private static void print(Path file, Classifier classifier, DigitImage digit, PrintWriter out) {
    Prediction prediction = classifier.predict(bytes(digit));
    out.printf(
        Locale.ROOT,
        "%s: %s, %.2f %% sure%n",
        file,
        prediction.label(),
        100 * prediction.probability());
    digit.doubt().ifPresent(doubt -> out.println(Digits.remark(doubt)));
    List<String> classes = classifier.classes();
    for (int line = 0; line < DigitImage.SIDE / PIXELS_A_LINE; line++) {
      int label = line - FIRST_LINE;
      boolean beside = label >= 0 && label < classes.size();
      out.println(picture(digit, line) + (beside ? bar(classes.get(label), prediction) : ""));
    }
  }

  /** Returns pixels from 0 to 255. */
  private static float[] bytes(DigitImage digit) {
    float[] pixels = digit.toFloats();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= FULL_INK;
    }
    return pixels;
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

  private static String bar(String label, Prediction prediction) {
    double probability = prediction.probability(label);
    String bar = "#".repeat((int) Math.round(BAR * probability));
    return String.format(Locale.ROOT, "  %s %6.2f %% %s", label, 100 * probability, bar);
  }
}
