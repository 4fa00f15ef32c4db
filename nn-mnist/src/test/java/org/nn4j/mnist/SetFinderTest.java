package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.nn4j.mnist.IdxFiles.ubytes;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetFinderTest {
  private static final String ALL =
      "train-images-idx3-ubyte[.gz], train-labels-idx1-ubyte[.gz], t10k-images-idx3-ubyte[.gz],"
          + " t10k-labels-idx1-ubyte[.gz]";
  private static final String REMEDY =
      "pass the folder that contains them to load(folder) or in the environment variable MNIST_DIR, or"
          + " download them with download()";

  private final Path directory;

  SetFinderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void filesAreFoundAsTorchvisionAndKerasKeepThem() throws IOException {
    for (String place : new String[] {"", "raw", "MNIST/raw", "MNIST", "mnist"}) {
      Path given = Files.createTempDirectory(directory, "given");
      put(given.resolve(place), 3);
      assertThat(ImageSet.MNIST.load(given).train().size()).as(place).isEqualTo(3);
    }
  }

  @Test
  void setsWithFilesOfTheSameNamesAreToldByTheirFolders() throws IOException {
    put(directory, 1);
    put(directory.resolve("FashionMNIST").resolve("raw"), 2);
    put(directory.resolve("KMNIST"), 3);
    put(directory.resolve("fashion-mnist"), 4);
    assertThat(ImageSet.MNIST.load(directory).train().size()).isEqualTo(1);
    assertThat(ImageSet.FASHION_MNIST.load(directory).train().size()).isEqualTo(2);
    assertThat(ImageSet.KMNIST.load(directory).train().size()).isEqualTo(3);
  }

  @Test
  void folderInTheVariableComesBeforeTheCache() throws IOException {
    Path named = directory.resolve("named");
    Path cache = directory.resolve("cache");
    put(named, 1);
    put(cache.resolve("MNIST").resolve("raw"), 2);
    assertThat(find(Map.of("MNIST_DIR", named.toString(), "NN4J_DATA", cache.toString())))
        .isEqualTo(1);
    assertThat(find(Map.of("MNIST_DIR", " ", "NN4J_DATA", cache.toString()))).isEqualTo(2);
  }

  /** What the cache holds may not be what the user meant. */
  @Test
  void wrongFolderInTheVariableIsNotPassedOver() throws IOException {
    Path cache = directory.resolve("cache");
    put(cache.resolve("MNIST").resolve("raw"), 2);
    Path nowhere = directory.resolve("nowhere");
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(
            () -> find(Map.of("MNIST_DIR", nowhere.toString(), "NN4J_DATA", cache.toString())))
        .withMessage(
            "MNIST: expected the files %s in one folder, found by MNIST_DIR no such folder in %s;"
                + " %s",
            ALL, nowhere, REMEDY);
  }

  @Test
  void messageListsTheCacheWhereNothingIsNamed() {
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> find(Map.of("NN4J_DATA", directory.toString())))
        .withMessage(
            "MNIST: expected the files %s in one folder, found MNIST_DIR not set, and no such"
                + " folder in %s; %s",
            ALL, directory.resolve("MNIST/raw"), REMEDY);
  }

  @Test
  void messageListsEveryPlaceAndWhatIsMissingThere() throws IOException {
    put(directory, 1);
    Files.delete(directory.resolve("train-labels-idx1-ubyte"));
    Files.delete(directory.resolve("t10k-images-idx3-ubyte"));
    Files.createDirectory(directory.resolve("raw"));
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> ImageSet.MNIST.load(directory))
        .withMessage(
            "MNIST: expected the files %s in one folder, found no such folder in %s, %s, %s; none"
                + " of them in %s; without train-labels-idx1-ubyte[.gz],"
                + " t10k-images-idx3-ubyte[.gz] in %s; no such file in %s, %s; %s",
            ALL,
            directory.resolve("MNIST/raw"),
            directory.resolve("MNIST"),
            directory.resolve("mnist"),
            directory.resolve("raw"),
            directory,
            directory.resolve("mnist.npz"),
            directory.resolve("datasets/mnist.npz"),
            REMEDY);
  }

  @Test
  void otherSetsAreLookedForInTheCacheAlone() {
    Environment environment =
        new Environment(
            Map.of("MNIST_DIR", directory.toString(), "NN4J_DATA", directory.toString())::get,
            any -> null);
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> new SetFinder(ImageSet.KMNIST).load(environment))
        .withMessageStartingWith("KMNIST: expected the files ")
        .withMessageContaining("found no such folder in " + directory.resolve("KMNIST/raw"));
  }

  private static int find(Map<String, String> variables) throws IOException {
    Environment environment = new Environment(variables::get, any -> null);
    return new SetFinder(ImageSet.MNIST).load(environment).train().size();
  }

  private static void put(Path folder, int number) throws IOException {
    Files.createDirectories(folder);
    for (String part : new String[] {"train", "t10k"}) {
      IdxFiles.write(
          folder.resolve(part + "-images-idx3-ubyte"),
          ubytes(new int[] {number, 1, 1}, new int[number]));
      IdxFiles.write(
          folder.resolve(part + "-labels-idx1-ubyte"), ubytes(new int[] {number}, new int[number]));
    }
  }
}
