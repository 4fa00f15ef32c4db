package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.nn4j.mnist.IdxFiles.join;
import static org.nn4j.mnist.NpzFiles.bytes;
import static org.nn4j.mnist.NpzFiles.header;
import static org.nn4j.mnist.NpzFiles.npy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KerasArchiveTest {
  private final Path file;
  private final Map<String, byte[]> arrays =
      new HashMap<>(
          Map.of(
              "x_train", bytes("2, 1, 2", 0, 255, 51, 102),
              "y_train", bytes("2,", 9, 0),
              "x_test", bytes("1, 1, 2", 1, 2),
              "y_test", bytes("1,", 4)));

  KerasArchiveTest(@TempDir Path directory) {
    this.file = directory.resolve("mnist.npz");
  }

  @Test
  void archiveIsFoundInItsFolderAndUnderKerasHomeAndByItself() throws IOException {
    NpzFiles.write(file, arrays);
    Path home = Files.createDirectories(file.resolveSibling("keras").resolve("datasets"));
    Files.copy(file, home.resolve("mnist.npz"));
    Path folder = file.toAbsolutePath().getParent();
    for (Path given : new Path[] {file, folder, home.getParent()}) {
      LabeledImages mnist = ImageSet.MNIST.load(given);
      INDArray images = Nd4j.create(DataType.DOUBLE, 2, 2);
      INDArray digits = Nd4j.create(DataType.DOUBLE, 2, 10);
      mnist.train().gather(new int[] {0, 1}, images, digits);
      assertThat(images.toDoubleMatrix()).isDeepEqualTo(new double[][] {{0, 1}, {0.2, 0.4}});
      assertThat(digits.argMax(1).toIntVector()).containsExactly(9, 0);
      assertThat(mnist.test().size()).isEqualTo(1);
    }
  }

  @Test
  void versionTwoOfTheFormatIsRead() throws IOException {
    byte[] one = bytes("1,", 4);
    byte[] two = join(Arrays.copyOf(one, 10), new byte[2], Arrays.copyOfRange(one, 10, one.length));
    two[6] = 2;
    refuseNothing("y_test", two);
  }

  @Test
  void arraysOfAnotherFormAreRefused() throws IOException {
    refuses(
        "y_test", npy(header("<i8", "False", "1,"), new byte[8]), "elements of type |u1", "<i8");
    refuses("y_test", npy(header("|u1", "True", "1,"), new byte[1]), "rows in C order", "Fortran");
    refuses("x_test", bytes("1, 2", 1, 2), "3 dimensions", "[1, 2]");
    refuses("y_test", bytes("2,", 4), "2 bytes", "found 1;");
    refuses("y_test", bytes("1,", 4, 5), "the end after 1 elements", "more");
    refuses("y_test", bytes("999999999,", 4), "elements in a file of its size", "[999999999]");
    refuses("y_test", bytes("9999999999,", 4), "integers below 10^9", "(9999999999,)");
    refuses("y_test", bytes("", 4), "a header of descr", "another");
    refuses("y_test", npy("__import__('os')", new byte[1]), "a header of descr", "another");
    refuses("y_test", new byte[20], "the first bytes of an NPY array", "others");
    refuses("y_test", new byte[3], "8 bytes", "found 3;");
    byte[] version = bytes("1,", 4);
    version[6] = 4;
    refuses("y_test", version, "version 1, 2 or 3", "4");
    version[6] = 2;
    refuses("y_test", version, "a header of at most 10000 bytes", "found");
  }

  @Test
  void imagesAndLabelsMustAgree() throws IOException {
    refuses("y_test", bytes("2,", 4, 5), "1 labels for the 1 images of x_test", "2 labels");
    refuses("y_test", bytes("1,", 10), "labels from 0 to 9", "10 for sample 0");
    refuses("x_test", bytes("1, 2, 1", 1, 2), "images of [1, 2] as in x_train", "[2, 1]");
  }

  @Test
  void missingArrayIsNamed() throws IOException {
    arrays.remove("x_test");
    NpzFiles.write(file, arrays);
    assertThatIOException()
        .isThrownBy(() -> ImageSet.MNIST.load(file))
        .withMessage(
            "NPZ file %s: expected an array x_test, found none; download the file again, or use the"
                + " four IDX files",
            file);
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Files.write(file, new byte[100]);
    assertThatIOException()
        .isThrownBy(() -> ImageSet.MNIST.load(file))
        .withMessageStartingWith("NPZ file " + file + ": expected a valid NPZ archive, found ");
  }

  /** A broken byte throws an exception of this kind or has no effect. */
  @Test
  void brokenBytesEscapeAsNothingElse() throws IOException {
    NpzFiles.write(file, arrays);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = whole.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, i % 2 == 0 ? broken : Arrays.copyOf(whole, random.nextInt(whole.length)));
      try {
        assertThat(ImageSet.MNIST.load(file).train().size()).isEqualTo(2);
      } catch (IOException e) {
        assertThat(e.getMessage()).startsWith("NPZ file ");
      }
    }
  }

  private void refuseNothing(String name, byte[] array) throws IOException {
    arrays.put(name, array);
    NpzFiles.write(file, arrays);
    assertThat(ImageSet.MNIST.load(file).test().size()).isEqualTo(1);
  }

  private void refuses(String name, byte[] array, String expected, String found)
      throws IOException {
    Map<String, byte[]> changed = new HashMap<>(arrays);
    changed.put(name, array);
    NpzFiles.write(file, changed);
    assertThatIOException()
        .isThrownBy(() -> ImageSet.MNIST.load(file))
        .withMessageStartingWith("NPZ file " + file)
        .withMessageContaining(expected)
        .withMessageContaining(found);
  }
}
