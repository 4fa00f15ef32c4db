package org.nn4j.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.Mnist;
import picocli.CommandLine.Option;

/** The options that say which digits: those of a folder, generated ones, or what there is. */
final class DigitsOptions {
  private static final String GENERATED = "generated";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with the four MNIST files, or with torchvision's or Keras's; or 'generated' for"
              + " digits that are drawn from a seed (default: the environment variable MNIST_DIR,"
              + " else the folder of downloads, else generated digits)")
  private @Nullable String data;

  @Option(names = "--download", description = "fetch the MNIST files, 11 MB, if they are not there")
  private boolean download;

  @Option(
      names = "--digits",
      defaultValue = "60000",
      description = "how many digits to generate, where they are generated")
  private int count;

  /** A folder that the user names is read or is an error; without one there are always digits. */
  Digits load(PrintWriter out) throws IOException {
    if (data == null) {
      return find(out);
    }
    try {
      return load(data, Digits.MNIST);
    } catch (FileNotFoundException missing) {
      if (!download) {
        throw new FileNotFoundException(missing.getMessage() + ": --data DIR, or --download");
      }
      Path folder = ImageSet.MNIST.download(Path.of(data), new DownloadPrinter(out));
      return Digits.of(Digits.MNIST, Mnist.load(folder));
    }
  }

  /**
   * The digits of a place.
   *
   * @param place a folder, or 'generated'
   * @param name what those of a folder are called
   */
  Digits load(String place, String name) throws IOException {
    return place.equals(GENERATED)
        ? Digits.generated(count)
        : Digits.of(name, Mnist.load(Path.of(place)));
  }

  private Digits find(PrintWriter out) throws IOException {
    try {
      return Digits.of(Digits.MNIST, Mnist.load());
    } catch (FileNotFoundException missing) {
      if (!download) {
        return Digits.inPlaceOfMnist(
            out, "--download fetches it, --data DIR names its folder", count);
      }
    }
    Path folder;
    try {
      folder = Mnist.download(new DownloadPrinter(out));
    } catch (InterruptedIOException stopped) {
      throw stopped;
    } catch (IOException unreachable) {
      return Digits.inPlaceOfMnist(out, "and could not be fetched", count);
    }
    return Digits.of(Digits.MNIST, Mnist.load(folder));
  }
}
