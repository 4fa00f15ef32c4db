package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nn4j.data.InputScaling;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.mnist.Idx;
import org.nn4j.mnist.ImageSet;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/** What {@link MnistClassifier} does beside training on MNIST. */
class MnistCommandsTest {
  private final ClassifierRun classifier = new ClassifierRun();

  /** The switch keeps this test off the network. */
  @ParameterizedTest
  @CsvSource({
    "--epochs=1, 'not found, using generated digits; to use them, name their folder with --data DIR"
        + " or the environment variable MNIST_DIR, or fetch them with --download'",
    "--download, 'not found and could not be fetched, using generated digits; to use them, name"
        + " their"
        + " folder with --data DIR or the environment variable MNIST_DIR, or try again'"
  })
  void withoutMnistItTrainsOnGeneratedDigitsAndSaysSo(
      String option, String remark, @TempDir Path directory) throws Exception {
    String model = directory.resolve("model.safetensors").toString();
    String[] args = {option, "--digits", "600", "--weights", "glorot", "--model", model};
    ProcessBuilder builder = ClassifierRun.process(List.of("-Dnn4j.offline=true"), args);
    builder.environment().remove("MNIST_DIR");
    builder.environment().put("NN4J_DATA", directory.toString());
    Process process = builder.start();
    List<String> lines;
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      lines = reader.lines().toList();
    }
    assertThat(process.waitFor()).isZero();
    assertThat(lines)
        .containsOnlyOnce(
            "MNIST: its files were " + remark, "trained on generated digits, saved " + model);
    assertThat(lines.get(lines.size() - 1))
        .matches("test accuracy on generated digits: \\d\\d\\.\\d\\d %");
  }

  /** Before the digits are looked for, let alone trained on. */
  @Test
  void aFileThatCannotBeWrittenIsKnownBeforeTraining(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    Path none = directory.resolve("none");
    for (String[] wrong :
        new String[][] {
          {
            directory.toString(),
            "expected a file that can be written, found a folder; name another file"
          },
          {
            none.resolve("x").toString(),
            "expected an existing folder, found no folder " + none + "; create the folder"
          },
          {
            file.resolve("x").toString(),
            "expected a folder at " + file + ", found something else; correct the path"
          },
        }) {
      ClassifierRun run = new ClassifierRun();
      assertThat(run.run("train", "--data", "generated", "--model", wrong[0])).isEqualTo(1);
      assertThat(run.err().strip()).isEqualTo(wrong[0] + ": " + wrong[1]);
      assertThat(run.out()).isEmpty();
    }
    assertThat(file).hasContent("x");
  }

  @Test
  void aReportIsWrittenAndTrainingHasTheSameBits(@TempDir Path directory) throws IOException {
    Path plain = directory.resolve("plain.safetensors");
    Path reported = directory.resolve("reported.safetensors");
    Path report = directory.resolve("report.html");
    String[] train = {"train", "--data", "generated", "--digits", "300", "--epochs", "2"};
    assertThat(classifier.run(ClassifierRun.concat(train, "--model", plain.toString()))).isZero();
    assertThat(
            classifier.run(
                ClassifierRun.concat(
                    train, "--model", reported.toString(), "--report", report.toString())))
        .isZero();
    assertThat(Files.readAllBytes(reported)).isEqualTo(Files.readAllBytes(plain));
    assertThat(report)
        .content()
        .contains("<h1>Digit classifier</h1>", "Training has ended: completed: 2 epochs.")
        .contains("Confusion matrix", "Worst mistakes", "First-layer weights");
  }

  @Test
  void aReportThatCannotBeWrittenIsKnownBeforeTraining(@TempDir Path directory) {
    Path none = directory.resolve("none");
    String[] train = {
      "train", "--data", "generated", "--report", none.resolve("x").toString(), "--model"
    };
    String model = directory.resolve("model.safetensors").toString();
    assertThat(classifier.run(ClassifierRun.concat(train, model))).isEqualTo(1);
    assertThat(classifier.err())
        .contains("expected an existing folder, found no folder " + none + "; create the folder");
    assertThat(classifier.out()).isEmpty();
  }

  @Test
  void aNetworkOfGeneratedDigitsIsMeasuredOnAnotherSet(@TempDir Path directory) throws IOException {
    ClassifierRun.writeGenerated(directory);
    String model = directory.resolve("model.safetensors").toString();
    String[] transfer = {
      "train",
      "--data",
      "generated",
      "--digits",
      "1000",
      "--test",
      directory.toString(),
      "--epochs",
      "5",
      "--weights",
      "glorot",
      "--model",
      model
    };
    assertThat(classifier.run(transfer)).isZero();
    assertThat(classifier.lastLine())
        .matches("test accuracy on " + Pattern.quote(directory.toString()) + ": [5-9]\\d\\..*");

    assertThat(classifier.run(ClassifierRun.training(directory, "--resume", "--epochs", "6")))
        .isNotZero();
    assertThat(classifier.err())
        .isEqualToIgnoringNewLines(
            "MnistClassifier: expected generated digits, which the run in "
                + model
                + " was trained on, found MNIST; train with the same digits, or without --resume");
  }

  @Test
  void whatWasTrainedIsEvaluatedAndReadsPictures(@TempDir Path directory) throws IOException {
    ClassifierRun.writeGenerated(directory);
    String model = directory.resolve("model.safetensors").toString();
    assertThat(
            classifier.run(
                ClassifierRun.training(directory, "--epochs", "60", "--weights", "glorot")))
        .isZero();
    String accuracy = classifier.lastLine();
    assertThat(accuracy).matches("test accuracy: \\d\\d\\.\\d\\d %");
    assertThat(
            classifier.run(
                ClassifierRun.concat(new String[] {"evaluate"}, ClassifierRun.training(directory))))
        .isZero();
    assertThat(classifier.out()).contains("true \\ predicted", "trained on MNIST");
    assertThat(classifier.lastLine()).isEqualTo(accuracy);

    Path picture = directory.resolve("three.png");
    try (InputStream png = MnistClassifier.class.getResourceAsStream("three.png")) {
      Files.copy(Objects.requireNonNull(png), picture);
    }
    classifier.forget();
    String none = directory.resolve("none.png").toString();
    assertThat(classifier.run("predict", none, picture.toString(), "--model", model)).isNotZero();
    assertThat(classifier.err()).startsWith("picture " + none).hasLineCount(1);
    List<String> lines = classifier.lines();
    assertThat(lines).hasSize(15);
    assertThat(lines.get(0)).matches(Pattern.quote(picture + ": ") + "\\d, \\d+\\.\\d\\d % sure");
    String[] answer = lines.get(0).replace(picture + ": ", "").split(", | % sure", -1);
    List<String[]> digits =
        lines.stream()
            .skip(1)
            .filter(line -> line.contains(" % "))
            .map(line -> line.substring(28).strip().split(" +"))
            .toList();
    assertThat(digits).hasSize(10);
    assertThat(digits.stream().mapToDouble(cells -> Double.parseDouble(cells[1])).sum())
        .isCloseTo(100, within(0.1));
    assertThat(digits.stream().max(comparingDouble(cells -> Double.parseDouble(cells[1]))))
        .hasValueSatisfying(cells -> assertThat(cells).startsWith(answer[0], answer[1]));
    assertThat(lines.stream().skip(1).map(line -> line.substring(0, 28)))
        .anyMatch(line -> line.contains("@"))
        .allMatch(line -> line.matches("[ .:=+*#%@-]{28}"));
  }

  /** A smiley is no digit, whatever the network makes of it. */
  @Test
  void aPictureThatIsUnlikeADigitIsDoubted(@TempDir Path directory) throws IOException {
    Path model = directory.resolve("model.safetensors");
    ModelFiles.save(Network.builder(784).dense(10, sigmoid()).build(), model);
    Path smiley = directory.resolve("smiley.png");
    ImageIO.write(smiley(), "png", smiley.toFile());
    assertThat(classifier.run("predict", smiley.toString(), "--model", model.toString())).isZero();
    assertThat(classifier.lines().get(1))
        .isEqualTo(
            "  this may not be a digit: there are 3 pieces of ink, and a digit has one or two; a"
                + " network can only predict digits");
  }

  private static BufferedImage smiley() {
    BufferedImage picture = new BufferedImage(280, 280, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = picture.createGraphics();
    graphics.setStroke(new BasicStroke(12));
    graphics.fillOval(95, 80, 25, 25);
    graphics.fillOval(165, 80, 25, 25);
    graphics.drawArc(80, 80, 120, 110, 200, 140);
    graphics.dispose();
    return picture;
  }

  /** A program of one's own needs the file alone, a checkpoint here. */
  @Test
  void theFileHoldsScalingAndLabels(@TempDir Path directory) throws IOException {
    ClassifierRun.writeGenerated(directory);
    assertThat(
            classifier.run(
                ClassifierRun.training(directory, "--epochs", "60", "--weights", "glorot")))
        .isZero();
    Classifier digits = Classifier.load(directory.resolve("model.safetensors"));
    byte[] images = Idx.read(directory.resolve("t10k-images-idx3-ubyte")).bytes();
    int[] labels = Idx.read(directory.resolve("t10k-labels-idx1-ubyte")).toInts();
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      float[] pixels = new float[784];
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = Byte.toUnsignedInt(images[i * pixels.length + j]);
      }
      Prediction prediction = digits.predict(pixels);
      assertThat(prediction.probabilities()).hasSize(10);
      correct += prediction.label().equals(String.valueOf(labels[i])) ? 1 : 0;
    }
    assertThat(correct).isGreaterThan(labels.length / 2);
    assertThat(classifier.lastLine())
        .isEqualTo(
            String.format(Locale.ROOT, "test accuracy: %.2f %%", 100.0 * correct / labels.length));
  }

  @Test
  void aNetworkWhoseOutputsAreNoProbabilitiesIsRefused(@TempDir Path directory) throws IOException {
    Path model = directory.resolve("model.safetensors");
    ModelFiles.save(Network.builder(784).dense(10, relu()).build(), model);
    assertThat(classifier.run("predict", "any.png", "--model", model.toString())).isNotZero();
    assertThat(classifier.err())
        .isEqualToIgnoringNewLines(
            "Classifier: expected softmax, sigmoid or identity as the last activation, found"
                + " relu; end"
                + " the network with one of these");
  }

  @Test
  void networksOfOtherShapesAndScalingsAreTaken(@TempDir Path directory) throws IOException {
    ClassifierRun.writeGenerated(directory);
    Path model = directory.resolve("model.safetensors");
    Network flat = Network.builder(784).dense(10, softmax()).seed(3).build();
    ModelFiles.save(flat, model);
    String[] evaluate = {"evaluate", "--data", directory.toString(), "--model", model.toString()};
    assertThat(classifier.run(evaluate)).isZero();
    String expected = classifier.lastLine();

    // The same function of raw pixels from 0 to 255 in another form: images, doubles, scaled anew.
    Network square =
        Network.builder(28, 28).flatten().dense(10, softmax()).dataType(DOUBLE).build();
    square.parameters().values().assign(flat.parameters().values().castTo(DOUBLE));
    square.parameters().get(0).value().divi(2);
    square.setInfo(ModelInfo.none().withInputScaling(InputScaling.divideBy(127.5)));
    Path scaled = directory.resolve("scaled.safetensors");
    ModelFiles.save(square, scaled);
    classifier.forget();
    evaluate[4] = scaled.toString();
    assertThat(classifier.run(evaluate)).isZero();
    assertThat(classifier.lastLine()).isEqualTo(expected);

    Path picture = directory.resolve("smiley.png");
    ImageIO.write(smiley(), "png", picture.toFile());
    classifier.forget();
    assertThat(classifier.run("predict", picture.toString(), "--model", model.toString())).isZero();
    List<String> answer = classifier.lines();
    classifier.forget();
    assertThat(classifier.run("predict", picture.toString(), "--model", scaled.toString()))
        .isZero();
    assertThat(classifier.lines()).isEqualTo(answer).hasSize(16);
  }

  @Test
  void networksThatAreNoneOfDigitsAreRefused(@TempDir Path directory) throws IOException {
    ClassifierRun.writeGenerated(directory);
    Path model = directory.resolve("model.safetensors");
    String[] evaluate = {"evaluate", "--data", directory.toString(), "--model", model.toString()};
    String[] predict = {"predict", "any.png", "--model", model.toString()};
    String remedy = "; name the file of another network with --model, or train one";

    ModelFiles.save(Network.builder(784).dense(3, softmax()).build(), model);
    assertRefused(evaluate, "classifies the digits 0 to 9, found 3 outputs" + remedy);
    assertRefused(predict, ", found 3 outputs" + remedy);
    Network clothes = Network.builder(784).dense(10, softmax()).build();
    clothes.setInfo(
        ModelInfo.none()
            .withClassLabels(ImageSet.FASHION_MNIST.classNames().toArray(String[]::new)));
    ModelFiles.save(clothes, model);
    assertRefused(evaluate, "found 10 outputs for T-shirt/top, Trouser, ");
    ModelFiles.save(Network.builder(16).dense(10, softmax()).build(), model);
    String size = "a network for images of 784 pixels, found one for inputs of the shape [16]";
    assertRefused(evaluate, size + remedy);
    assertRefused(predict, size + remedy);
  }

  private void assertRefused(String[] command, String message) {
    ClassifierRun run = new ClassifierRun();
    assertThat(run.run(command)).isNotZero();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith(command[command.length - 1] + ": expected a network ")
        .contains(message);
  }

  @Test
  void saysInOneLineThatNoNetworkWasTrained(@TempDir Path directory) {
    String model = directory.resolve("model.safetensors").toString();
    assertThat(classifier.run("evaluate", "--model", model)).isNotZero();
    assertThat(classifier.err())
        .isEqualToIgnoringNewLines(
            model
                + ": expected a trained network, found no such file; train one, or name its file with"
                + " --model");
  }
}
