package org.nn4j.mnist;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import org.nn4j.data.Dataset;

/**
 * The MNIST digits: 60,000 images to train on and 10,000 to test on, from the files of LeCun,
 * Cortes and Burges.
 *
 * <p>An input is an image row by row, {@code [784]}, each pixel from 0 (paper) to 1 (ink); a target
 * is the one-hot row of the digit, {@code [10]}. The samples stand in the order of the files. Data
 * sets in the same four files are read as well, whatever the number and size of their images;
 * {@link ImageSet} knows some by name. Thread-safe.
 *
 * @param train the samples to train on
 * @param test the samples to measure on, which training must not see
 */
public record Mnist(Dataset train, Dataset test) {
  /** The number of classes: the digits 0 to 9. */
  public static final int CLASSES = 10;

  /**
   * Reads the four files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each as it is or with {@code .gz}
   * after its name; where there are both, the first is read. Under the folder they may also be
   * where torchvision keeps them ({@code MNIST/raw}), or in Keras's {@code mnist.npz}.
   *
   * @param folder the folder, or {@code mnist.npz} itself
   * @return the two data sets
   * @throws FileNotFoundException if a file is missing; the message lists the places
   * @throws IdxFormatException if a file is not a sound IDX file, if images or labels are of
   *     another type or rank or there are none, if their numbers differ, if a label is above 9, or
   *     if the images of the two data sets differ in size
   * @throws IOException if a file cannot be read, or {@code mnist.npz} is not sound
   */
  public static Mnist load(Path folder) throws IOException {
    return of(ImageSet.MNIST.load(folder));
  }

  /**
   * Reads the files from the folder in the environment variable {@code MNIST_DIR} if that is set;
   * else from the one that {@link #download} fills.
   *
   * @return the two data sets
   * @throws FileNotFoundException if the files are not there; the message lists the places
   * @throws IdxFormatException as {@link #load(Path)} does
   * @throws IOException if a file cannot be read
   */
  public static Mnist load() throws IOException {
    return of(ImageSet.MNIST.load());
  }

  /**
   * Fetches the files that are not there yet, 11 MB in all, as {@link
   * ImageSet#download(DownloadListener)} says.
   *
   * @param listener called for each event of the download; {@link DownloadListener#silent()} does
   *     nothing
   * @return the folder, for {@link #load(Path)}
   * @throws IOException if no mirror has the files whole, they cannot be written, or the network is
   *     switched off; the message says what each mirror answered
   */
  public static Path download(DownloadListener listener) throws IOException {
    return ImageSet.MNIST.download(listener);
  }

  /**
   * Fetches the files that are not there yet, and tells nobody of the progress.
   *
   * @return the folder, for {@link #load(Path)}
   * @throws IOException if no mirror has the files whole, they cannot be written, or the network is
   *     switched off; the message says what each mirror answered
   */
  public static Path download() throws IOException {
    return download(DownloadListener.silent());
  }

  private static Mnist of(LabeledImages images) {
    return new Mnist(images.train(), images.test());
  }
}
