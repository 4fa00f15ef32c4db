package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.header;
import static org.nn4j.mnist.IdxFiles.join;
import static org.nn4j.mnist.IdxFiles.ubytes;
import static org.nn4j.mnist.IdxFiles.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;

/** Three training images and two test images of 2 x 1 pixels. */
class MnistTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
  private static final String REMEDY = "pass another file, or download it again";

  private final Path directory;

  MnistTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void writeSoundFiles() {
    put(TRAIN_IMAGES, ubytes(new int[] {3, 2, 1}, 0, 255, 51, 102, 1, 254));
    put(TRAIN_LABELS, ubytes(new int[] {3}, 5, 0, 9));
    put(TEST_IMAGES, ubytes(new int[] {2, 2, 1}, 255, 0, 0, 204));
    put(TEST_LABELS, ubytes(new int[] {2}, 7, 2));
  }

  @Test
  void pixelsAreScaledAndLabelsAreOneHot() throws IOException {
    LabeledImages mnist = ImageSet.MNIST.load(directory);
    assertThat(mnist.train().size()).isEqualTo(3);
    assertThat(mnist.test().size()).isEqualTo(2);
    assertThat(mnist.train().inputShape()).isEqualTo(Shape.of(2));
    assertThat(mnist.train().targetShape()).isEqualTo(Shape.of(10));

    INDArray images = Nd4j.create(DataType.DOUBLE, 2, 2);
    INDArray digits = Nd4j.create(DataType.DOUBLE, 2, 10);
    mnist.train().gather(new int[] {2, 0}, images, digits);
    assertThat(images.toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{1 / 255.0, 254 / 255.0}, {0, 1}});
    assertThat(digits.toDoubleMatrix())
        .isDeepEqualTo(
            new double[][] {{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 1, 0, 0, 0, 0}});

    mnist.test().gather(new int[] {0, 1}, images, digits);
    assertThat(images.toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 0}, {0, 204 / 255.0}});
  }

  @Test
  void anyOfTheFilesMayBeGzip() throws IOException {
    pack(TRAIN_IMAGES);
    pack(TEST_LABELS);
    assertThat(ImageSet.MNIST.load(directory).train().size()).isEqualTo(3);
    pack(TRAIN_LABELS);
    pack(TEST_IMAGES);
    assertThat(ImageSet.MNIST.load(directory).test().size()).isEqualTo(2);
  }

  @Test
  void rawFileIsReadWhereBothExist() throws IOException {
    put(TRAIN_IMAGES + ".gz", new byte[] {1, 2, 3});
    assertThat(ImageSet.MNIST.load(directory).train().size()).isEqualTo(3);
  }

  @Test
  void folderWithTheNameOfAFileDoesNotHideTheGzip() throws IOException {
    pack(TRAIN_LABELS);
    Files.createDirectory(directory.resolve(TRAIN_LABELS));
    assertThat(ImageSet.MNIST.load(directory).train().size()).isEqualTo(3);
  }

  @Test
  void imagesMustBeUnsignedBytes() {
    put(TRAIN_IMAGES, join(header(0x09, 3, 2, 1), new byte[6]));
    assertRefused(TRAIN_IMAGES, 2, "elements of type UBYTE", "BYTE");
  }

  @Test
  void labelsMustBeUnsignedBytes() {
    put(TEST_LABELS, join(header(0x0B, 2), new byte[4]));
    assertRefused(TEST_LABELS, 2, "elements of type UBYTE", "SHORT");
  }

  @Test
  void imagesMustHaveRankThree() {
    put(TEST_IMAGES, ubytes(new int[] {2, 2}, 1, 2, 3, 4));
    assertRefused(TEST_IMAGES, 3, "rank 3 [images, rows, columns]", "rank 2 [2, 2]");
  }

  @Test
  void labelsMustHaveRankOne() {
    put(TRAIN_LABELS, ubytes(new int[] {3, 1}, 1, 2, 3));
    assertRefused(TRAIN_LABELS, 3, "rank 1 [labels]", "rank 2 [3, 1]");
  }

  @Test
  void thereMustBeImagesAndLabels() {
    put(TRAIN_LABELS, ubytes(new int[] {0}));
    assertRefused(TRAIN_LABELS, 4, "dimensions of 1 or more each", "[0]");
    put(TRAIN_IMAGES, ubytes(new int[] {0, 28, 28}));
    assertRefused(TRAIN_IMAGES, 4, "dimensions of 1 or more each", "[0, 28, 28]");
  }

  @Test
  void imagesMustHavePixels() {
    put(TEST_IMAGES, ubytes(new int[] {2, 0, 28}));
    assertRefused(TEST_IMAGES, 4, "dimensions of 1 or more each", "[2, 0, 28]");
  }

  @Test
  void everyImageMustHaveALabel() {
    put(TRAIN_LABELS, ubytes(new int[] {2}, 1, 2));
    assertRefused(
        TRAIN_LABELS,
        4,
        "3 labels for the 3 images of " + directory.resolve(TRAIN_IMAGES),
        "2 labels");
  }

  @Test
  void labelsMustBeDigits() {
    put(TEST_LABELS, ubytes(new int[] {2}, 9, 10));
    assertRefused(TEST_LABELS, 9, "labels from 0 to 9", "10 for sample 1");
    put(TEST_LABELS, ubytes(new int[] {2}, 255, 0));
    assertRefused(TEST_LABELS, 8, "labels from 0 to 9", "255 for sample 0");
  }

  @Test
  void testImagesMustHaveTheSizeOfTheTrainingImages() {
    put(TEST_IMAGES, ubytes(new int[] {2, 1, 2}, 1, 2, 3, 4));
    assertRefused(
        TEST_IMAGES,
        8,
        "images of [2, 1] as in " + directory.resolve(TRAIN_IMAGES),
        "images of [1, 2]");
  }

  private void assertRefused(String name, int offset, String expected, String found) {
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> ImageSet.MNIST.load(directory))
        .withMessage(
            "IDX file %s, byte %s of its content: expected %s, found %s; %s;"
                + " see docs/troubleshooting.md#idx-file",
            directory.resolve(name), offset, expected, found, REMEDY);
  }

  private void put(String name, byte[] content) {
    write(directory.resolve(name), content);
  }

  private void pack(String name) throws IOException {
    Path raw = directory.resolve(name);
    put(name + ".gz", gzip(Files.readAllBytes(raw)));
    Files.delete(raw);
  }
}
