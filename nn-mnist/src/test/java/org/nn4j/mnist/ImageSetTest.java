package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.internal.download.Checksum;
import org.nn4j.internal.download.Download;
import org.nn4j.internal.download.Download.Origin;
import org.nn4j.internal.download.MirrorServer;
import org.nn4j.internal.download.RemoteFile;

class ImageSetTest {
  private final Path directory;

  ImageSetTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({
    "MNIST, 10, 0, 9",
    "Fashion-MNIST, 10, T-shirt/top, Ankle boot",
    "KMNIST, 10, o, wo",
    "QMNIST, 10, 0, 9",
    "EMNIST-ByClass, 62, 0, z",
    "EMNIST-ByMerge, 47, 0, t",
    "EMNIST-Balanced, 47, 0, t",
    "EMNIST-Letters, 26, a, z",
    "EMNIST-Digits, 10, 0, 9",
    "EMNIST-MNIST, 10, 0, 9"
  })
  void setsAreKnownByNameWithTheirClasses(String name, int classes, String first, String last) {
    List<String> names = ImageSet.ofName(name).classNames();
    assertThat(ImageSet.ofName(name)).hasToString(name);
    assertThat(names).hasSize(classes).startsWith(first).endsWith(last).doesNotHaveDuplicates();
  }

  @Test
  void namesMayBeWrittenAsOthersWriteThem() {
    assertThat(ImageSet.ofName("fashion_mnist")).isEqualTo(ImageSet.FASHION_MNIST);
    assertThat(ImageSet.ofName("FashionMNIST")).isEqualTo(ImageSet.FASHION_MNIST);
    assertThat(ImageSet.ofName("emnist letters")).isEqualTo(ImageSet.EMNIST_LETTERS);
  }

  @Test
  void unknownNameListsTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSet.ofName("cifar"))
        .withMessage(
            "ImageSet: expected one of MNIST, Fashion-MNIST, KMNIST, QMNIST, EMNIST-ByClass,"
                + " EMNIST-ByMerge, EMNIST-Balanced, EMNIST-Letters, EMNIST-Digits, EMNIST-MNIST,"
                + " found cifar; use one of these names, or load two files with IdxDataset");
  }

  /** A file has two rows of three: that is three rows of two, put upright. */
  @Test
  void imagesOfEmnistArePutUpright() throws IOException {
    for (String part : List.of("train", "test")) {
      Idx.of(ElementType.UBYTE, new double[] {0, 51, 102, 153, 204, 255, 5, 5, 5, 5, 5, 5}, 2, 2, 3)
          .write(directory.resolve("emnist-letters-" + part + "-images-idx3-ubyte.gz"));
      Idx.of(ElementType.UBYTE, new double[] {1, 26}, 2)
          .write(directory.resolve("emnist-letters-" + part + "-labels-idx1-ubyte.gz"));
    }
    LabeledImages letters = ImageSet.EMNIST_LETTERS.load(directory);
    assertThat(letters.train().inputShape()).isEqualTo(Shape.of(6));
    INDArray image = Nd4j.create(DataType.DOUBLE, 2, 6);
    INDArray classes = Nd4j.create(DataType.DOUBLE, 2, 26);
    letters.train().gather(new int[] {0, 1}, image, classes);
    assertThat(image.toDoubleMatrix()[0]).containsExactly(0, 0.6, 0.2, 0.8, 0.4, 1);
    assertThat(classes.argMax(1).toIntVector()).containsExactly(0, 25);
    assertThat(letters.classNames().get(25)).isEqualTo("z");
  }

  @Test
  void labelsThatAreNoClassAreRefused() throws IOException {
    for (String part : List.of("train", "test")) {
      Idx.of(ElementType.UBYTE, new double[1], 1, 1, 1)
          .write(directory.resolve("emnist-letters-" + part + "-images-idx3-ubyte"));
      Idx.of(ElementType.UBYTE, new double[] {0}, 1)
          .write(directory.resolve("emnist-letters-" + part + "-labels-idx1-ubyte"));
    }
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> ImageSet.EMNIST_LETTERS.load(directory))
        .withMessageContaining("byte 8 of its content: expected labels from 1 to 26, found 0");
  }

  /** No pixels in any number of images of any size: the sizes are not multiplied unchecked. */
  @Test
  void emptyImagesOfEmnistAreRefused() throws IOException {
    for (String part : List.of("train", "test")) {
      Idx.ofBytes(ElementType.UBYTE, new byte[0], 0, 1 << 30, 1 << 30)
          .write(directory.resolve("emnist-digits-" + part + "-images-idx3-ubyte"));
      Idx.of(ElementType.UBYTE, new double[] {1}, 1)
          .write(directory.resolve("emnist-digits-" + part + "-labels-idx1-ubyte"));
    }
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> ImageSet.EMNIST_DIGITS.load(directory))
        .withMessageContaining("expected dimensions of 1 or more each");
  }

  /** The class is the first of eight columns; the others describe the writer. */
  @Test
  void classesOfQmnistStandInTheFirstColumn() throws IOException {
    double[] labels = {7, 1, 2, 3, 4, 5, 6, 7, 2, 4, 9_000, 3, 4, 5, 6, 7};
    for (String part : List.of("train", "test")) {
      Idx.of(ElementType.UBYTE, new double[2], 2, 1, 1)
          .write(directory.resolve("qmnist-" + part + "-images-idx3-ubyte"));
      Idx.of(ElementType.INT, labels, 2, 8)
          .write(directory.resolve("qmnist-" + part + "-labels-idx2-int"));
    }
    Dataset test = ImageSet.QMNIST.load(directory).test();
    INDArray image = Nd4j.create(DataType.DOUBLE, 2, 1);
    INDArray digits = Nd4j.create(DataType.DOUBLE, 2, 10);
    test.gather(new int[] {0, 1}, image, digits);
    assertThat(digits.argMax(1).toIntVector()).containsExactly(7, 2);
  }

  @Test
  void mirrorsAndFingerprintsAreWellFormedAndNoTwoTheSame() {
    HashSet<String> fingerprints = new HashSet<>();
    for (ImageSet set : ImageSet.values()) {
      assertThat(set.files().origin().mirrors())
          .isNotEmpty()
          .allMatch(mirror -> mirror.isAbsolute() && mirror.getPath().endsWith("/"));
      for (RemoteFile file : set.files().all()) {
        Checksum checksum = file.checksum();
        if (checksum != null) {
          assertThat(checksum.hex())
              .matches(checksum.ofContent() ? "[0-9a-f]{64}" : "[0-9a-f]{32}");
          assertThat(fingerprints.add(checksum.hex())).isTrue();
        }
      }
    }
    assertThat(fingerprints).hasSize(16);
  }

  /** The only test that reads the system property: it must be unset when the tests run. */
  @Test
  void downloadGoesUnderTheRootInTorchvisionsFolders() throws IOException {
    String offline = "nn4j.offline";
    System.setProperty(offline, "true");
    try {
      assertThatIOException()
          .isThrownBy(() -> ImageSet.FASHION_MNIST.download(directory, DownloadListener.silent()))
          .withMessageContaining(
              "in " + directory.resolve("FashionMNIST/raw") + ", found none, and the network");
    } finally {
      System.clearProperty(offline);
    }
  }

  /** A mirror of the real files shows that the fingerprints are theirs. */
  @Test
  @EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
  void realFilesPassTheirFingerprints() throws IOException {
    Path real = Path.of(System.getenv("MNIST_DIR"));
    Map<String, byte[]> held = new HashMap<>();
    for (RemoteFile file : ImageSet.MNIST.files().all()) {
      Path packed = real.resolve(file.name());
      Path there = Files.exists(packed) ? packed : real.resolve(file.plainName());
      held.put(file.name(), Files.readAllBytes(there));
    }
    try (MirrorServer server = new MirrorServer()) {
      Origin origin = Origin.of(server.serving("mnist", held).toString());
      new Download(
              ImageSet.MNIST.files().all(),
              origin,
              ImageSet.MNIST.rawFolder(directory),
              DownloadListener.silent())
          .run(false);
    }
    assertThat(ImageSet.MNIST.load(directory).train().size()).isEqualTo(60_000);
  }
}
