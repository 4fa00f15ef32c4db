package org.nn4j.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;

/** Where the examples find image sets: one way, and one message, for all of them. */
final class SetFolder {
  private static final String MNIST_REMEDY =
      "name their folder with --data DIR or the environment variable MNIST_DIR, or fetch them with"
          + " --download";

  private SetFolder() {}

  /** What a user can do about files that are not there, in terms of the command line. */
  static String remedy(ImageSet set) {
    return set == ImageSet.MNIST
        ? MNIST_REMEDY
        : "name their folder with --data DIR, or fetch them with --download";
  }

  /**
   * Loads a set.
   *
   * @param folder where the user says it is; null for the places that the library knows
   * @param download whether to fetch what is not there
   * @param out where to print what is fetched
   */
  static LabeledImages load(ImageSet set, @Nullable Path folder, boolean download, PrintWriter out)
      throws IOException {
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

  /** The same message, with a remedy for the command line in place of the one for programs. */
  static FileNotFoundException withRemedy(FileNotFoundException missing, String remedy) {
    String message = String.valueOf(missing.getMessage());
    return new FileNotFoundException(
        message.substring(0, message.lastIndexOf(';') + 1) + ' ' + remedy);
  }
}
