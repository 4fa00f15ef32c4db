package org.nn4j.examples.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import picocli.CommandLine.Option;

/** Options of an example that needs an image set. */
public final class SetOptions {
  private static final String MNIST_REMEDY =
      "name their folder with --data DIR or the environment variable MNIST_DIR, or fetch them with"
          + " --download";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with the files, as torchvision, Keras or this library stores them (default: for"
              + " MNIST the environment variable MNIST_DIR, else the folder of downloads)")
  private @Nullable Path data;

  @Option(names = "--download", description = "download the files that are missing")
  private boolean download;

  public LabeledImages load(ImageSet set, PrintWriter out) throws IOException {
    return load(set, data, download, out);
  }

  /**
   * Loads a set.
   *
   * @param folder its folder, or null for the places that the library searches
   * @param download whether to download missing files
   * @param out for the progress of the download
   */
  public static LabeledImages load(
      ImageSet set, @Nullable Path folder, boolean download, PrintWriter out) throws IOException {
    try {
      return folder == null ? set.load() : set.load(folder);
    } catch (FileNotFoundException missing) {
      if (!download) {
        throw withRemedy(missing, remedy(set));
      }
    }
    DownloadPrinter printer = new DownloadPrinter(out);
    return set.load(folder == null ? set.download(printer) : set.download(folder, printer));
  }

  /** Returns the remedy for missing files on the command line. */
  static String remedy(ImageSet set) {
    return set == ImageSet.MNIST
        ? MNIST_REMEDY
        : "name their folder with --data DIR, or fetch them with --download";
  }

  /** Returns the same message with a remedy for the command line. */
  static FileNotFoundException withRemedy(FileNotFoundException missing, String remedy) {
    String message = String.valueOf(missing.getMessage());
    return new FileNotFoundException(
        message.substring(0, message.lastIndexOf(';') + 1) + ' ' + remedy);
  }
}
