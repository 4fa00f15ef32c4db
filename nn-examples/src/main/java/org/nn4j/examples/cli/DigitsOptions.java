package org.nn4j.examples.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.mnist.ImageSet;
import picocli.CommandLine.Option;

/** Options that select the digits: MNIST from a folder or a download, or generated ones. */
public final class DigitsOptions {
  private static final String GENERATED = "generated";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with the four MNIST files, or with torchvision's or Keras's; or 'generated' for"
              + " generated digits (default: the environment variable MNIST_DIR,"
              + " else the folder of downloads, else generated digits)")
  private @Nullable String data;

  @Option(
      names = "--download",
      description = "download the MNIST files, 11 MB, if they are missing")
  private boolean download;

  @Option(names = "--digits", defaultValue = "60000", description = "number of digits to generate")
  private int count;

  /**
   * Loads the digits. A missing folder is an error; without --data, generated digits are the
   * fallback.
   */
  public Digits load(PrintWriter out) throws IOException {
    if (data == null) {
      return find(out);
    }
    return data.equals(GENERATED)
        ? Digits.generated(count)
        : Digits.of(Digits.MNIST, SetOptions.load(ImageSet.MNIST, Path.of(data), download, out));
  }

  /**
   * Loads the digits from a folder, or generates them.
   *
   * @param place a folder, or 'generated'
   * @param option the option that names the place
   */
  public Digits load(String place, String option) throws IOException {
    if (place.equals(GENERATED)) {
      return Digits.generated(count);
    }
    try {
      return Digits.of(place, ImageSet.MNIST.load(Path.of(place)));
    } catch (FileNotFoundException missing) {
      throw SetOptions.withRemedy(
          missing, "name their folder with " + option + " DIR, or '" + GENERATED + "'");
    }
  }

  private Digits find(PrintWriter out) throws IOException {
    try {
      return Digits.of(Digits.MNIST, ImageSet.MNIST.load());
    } catch (FileNotFoundException missing) {
      if (!download) {
        return inPlaceOfMnist(out, "its files were not found", SetOptions.remedy(ImageSet.MNIST));
      }
    }
    Path folder;
    try {
      folder = ImageSet.MNIST.download(new DownloadPrinter(out));
    } catch (InterruptedIOException stopped) {
      throw stopped;
    } catch (IOException unreachable) {
      return inPlaceOfMnist(
          out,
          "its files were not found and could not be fetched",
          "name their folder with --data DIR or the environment variable MNIST_DIR, or try again");
    }
    return Digits.of(Digits.MNIST, ImageSet.MNIST.load(folder));
  }

  private Digits inPlaceOfMnist(PrintWriter out, String reason, String remedy) {
    out.println("MNIST: " + reason + ", using generated digits; to use them, " + remedy);
    out.flush();
    return Digits.generated(count);
  }
}
