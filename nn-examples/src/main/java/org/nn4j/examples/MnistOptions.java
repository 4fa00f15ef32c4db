package org.nn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import picocli.CommandLine.Option;

/** The options of an example that needs MNIST. */
final class MnistOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with the four MNIST files, or with torchvision's or Keras's (default: the"
              + " environment variable MNIST_DIR, else the folder of downloads)")
  private @Nullable Path data;

  @Option(names = "--download", description = "fetch the MNIST files, 11 MB, if they are not there")
  private boolean download;

  LabeledImages load(PrintWriter out) throws IOException {
    return SetFolder.load(ImageSet.MNIST, data, download, out);
  }
}
