package org.nn4j.mnist;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nn4j.Require;
import org.nn4j.data.Dataset;

/**
 * The MNIST digits: 60,000 images to train on and 10,000 to test on, from the files of LeCun,
 * Cortes and Burges.
 *
 * <p>An input is an image row by row, {@code [784]}, each pixel from 0 (paper) to 1 (ink); a target
 * is the one-hot row of the digit, {@code [10]}. The samples stand in the order of the files. Data
 * sets in the same four files, such as Fashion-MNIST, are read as well, whatever the number and
 * size of their images. Thread-safe.
 *
 * @param train the samples to train on
 * @param test the samples to measure on, which training must not see
 */
public record Mnist(Dataset train, Dataset test) {
  /** The number of classes: the digits 0 to 9. */
  public static final int CLASSES = 10;

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /**
   * Reads the four files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each as it is or with {@code .gz}
   * after its name; where there are both, the first is read.
   *
   * @param directory the folder with the files
   * @return the two data sets
   * @throws FileNotFoundException if a file is missing; the message lists all that are
   * @throws IdxFormatException if a file is not a sound IDX file, if images or labels are of
   *     another type or rank or there are none, if their numbers differ, if a label is above 9, or
   *     if the images of the two data sets differ in size
   * @throws IOException if a file cannot be read
   */
  public static Mnist load(Path directory) throws IOException {
    requireFiles(directory);
    DigitFiles train =
        DigitFiles.read(find(directory, TRAIN_IMAGES), find(directory, TRAIN_LABELS));
    DigitFiles test = DigitFiles.read(find(directory, TEST_IMAGES), find(directory, TEST_LABELS));
    test.requireImageSizeOf(train);
    return new Mnist(train.dataset(), test.dataset());
  }

  private static void requireFiles(Path directory) throws FileNotFoundException {
    String missing =
        Stream.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)
            .filter(name -> !Files.isRegularFile(find(directory, name)))
            .map(name -> name + "[.gz]")
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new FileNotFoundException(
          Require.message(
              "Mnist",
              "in " + directory.toAbsolutePath() + " the files " + missing,
              Files.isDirectory(directory) ? "none of these there" : "no such directory",
              "give the directory that holds the four MNIST files, raw or gzip, under these"
                  + " names"));
    }
  }

  /** The raw file if there is one; else the name of the other, which may not be there either. */
  private static Path find(Path directory, String name) {
    Path raw = directory.resolve(name);
    return Files.isRegularFile(raw) ? raw : directory.resolve(name + ".gz");
  }
}
