package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.examples.cli.Example;
import org.nn4j.mnist.ElementType;
import org.nn4j.mnist.Idx;
import picocli.CommandLine;

class FashionOrAnyIdxTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Example.commandLine(new FashionOrAnyIdx());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  /** Pictures of 3 x 5 pixels; the class is the row that is lit. */
  private static void write(Path images, Path labels, int n) throws IOException {
    byte[] pixels = new byte[15 * n];
    byte[] classes = new byte[n];
    for (int i = 0; i < n; i++) {
      classes[i] = (byte) (i % 3);
      for (int column = 0; column < 5; column++) {
        pixels[15 * i + 5 * classes[i] + column] = (byte) (155 + i % 100);
      }
    }
    Idx.ofBytes(ElementType.UBYTE, pixels, n, 3, 5).write(images);
    Idx.ofBytes(ElementType.UBYTE, classes, n).write(labels);
  }

  @Test
  void learnsAPairOfFilesOfAnySizeWithNames(@TempDir Path folder) throws IOException {
    Path images = folder.resolve("stripes.idx3.gz");
    Path labels = folder.resolve("stripes.idx1");
    write(images, labels, 300);
    String[] args = {"--images", images.toString(), "--labels", labels.toString()};
    assertThat(run(and(args, "--epochs", "20"))).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("Dense(15 -> 128, relu)"))
        .contains("1: 100.00 % of 20 correct")
        .endsWith("test accuracy: 100.00 %");
    out.getBuffer().setLength(0);
    assertThat(run(and(args, "--names", "top,middle,bottom", "--epochs", "1"))).isZero();
    assertThat(out.toString()).contains("\ntop: ", "\nmiddle: ", "\nbottom: ");
  }

  @Test
  void measuresOnTheFilesThatAreGivenForIt(@TempDir Path folder) throws IOException {
    Path images = folder.resolve("images");
    Path labels = folder.resolve("labels");
    Path testImages = folder.resolve("test-images");
    Path testLabels = folder.resolve("test-labels");
    write(images, labels, 100);
    write(testImages, testLabels, 30);
    String[] args = {"--images", images.toString(), "--labels", labels.toString()};
    assertThat(
            run(
                and(
                    args,
                    "--test-images",
                    testImages.toString(),
                    "--test-labels",
                    testLabels.toString())))
        .isZero();
    assertThat(out.toString()).contains("% of 10 correct");
  }

  /** Fashion-MNIST in small: the names of its files and classes, ten images of 2 x 2. */
  @Test
  void loadsASetByItsNameWithTheNamesOfItsClasses(@TempDir Path folder) throws IOException {
    for (String part : List.of("train", "t10k")) {
      byte[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      Idx.ofBytes(ElementType.UBYTE, new byte[40], 10, 2, 2)
          .write(folder.resolve(part + "-images-idx3-ubyte"));
      Idx.ofBytes(ElementType.UBYTE, labels, 10).write(folder.resolve(part + "-labels-idx1-ubyte"));
    }
    assertThat(run("--data", folder.toString(), "--epochs", "1")).isZero();
    assertThat(out.toString()).contains("\nTrouser: ", "\nAnkle boot: ").endsWith("10.00 %\n");
  }

  /** All test samples are of the class 1, but show what 0, or 0 and 2, look like. */
  @Test
  void namesOnlyConfusionsThatHappened(@TempDir Path folder) throws IOException {
    Path images = folder.resolve("images");
    Path labels = folder.resolve("labels");
    write(images, labels, 300);
    byte[] top = new byte[15];
    Arrays.fill(top, 0, 5, (byte) 200);
    byte[] bottom = new byte[15];
    Arrays.fill(bottom, 10, 15, (byte) 200);
    assertThat(linesOf(images, labels, folder, top))
        .containsSubsequence(
            "0: no sample to measure on",
            "1: 0.00 % of 1 correct; most often confused with 0, 1 time",
            "2: no sample to measure on");
    assertThat(linesOf(images, labels, folder, top, top))
        .contains("1: 0.00 % of 2 correct; most often confused with 0, 2 times");
    assertThat(linesOf(images, labels, folder, top, bottom))
        .contains("1: 0.00 % of 2 correct; most often confused with 0 and 2, 1 time each");
  }

  private List<String> linesOf(Path images, Path labels, Path folder, byte[]... tests)
      throws IOException {
    Path testImages = folder.resolve("test-images");
    Path testLabels = folder.resolve("test-labels");
    ByteBuffer pixels = ByteBuffer.allocate(15 * tests.length);
    List.of(tests).forEach(pixels::put);
    byte[] ones = new byte[tests.length];
    Arrays.fill(ones, (byte) 1);
    Idx.ofBytes(ElementType.UBYTE, pixels.array(), tests.length, 3, 5).write(testImages);
    Idx.ofBytes(ElementType.UBYTE, ones, tests.length).write(testLabels);
    String[] args = {
      "--images", images.toString(), "--labels", labels.toString(), "--epochs", "20"
    };
    out.getBuffer().setLength(0);
    assertThat(
            run(
                and(
                    args,
                    "--test-images",
                    testImages.toString(),
                    "--test-labels",
                    testLabels.toString())))
        .isZero();
    return out.toString().lines().toList();
  }

  @Test
  void saysInALineWhatIsWrong(@TempDir Path folder) {
    assertThat(run("--data", folder.toString())).isNotZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("Fashion-MNIST: expected the files train-images-idx3-ubyte[.gz], ")
        .endsWith("; name their folder with --data DIR, or fetch them with --download")
        .doesNotContain("download()");
    err.getBuffer().setLength(0);
    assertThat(run("--set", "Passion-MNIST")).isNotZero();
    assertThat(err.toString())
        .startsWith("ImageSet: expected one of MNIST, Fashion-MNIST, ")
        .contains(", found Passion-MNIST; ");
    err.getBuffer().setLength(0);
    assertThat(run("--images", "some-file")).isNotZero();
    assertThat(err.toString()).contains("Missing required argument(s): --labels");
  }

  private static String[] and(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
