package org.nn4j.mnist;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files of a set: images and labels to train on, and to test on.
 *
 * @param trainImages images to train on
 * @param trainLabels their labels
 * @param testImages images to test on
 * @param testLabels their labels
 */
record FourFiles(
    RemoteFile trainImages, RemoteFile trainLabels, RemoteFile testImages, RemoteFile testLabels) {
  /** Files with the names of MNIST's, and their fingerprints in the order of the components. */
  static FourFiles classic(Function<String, Checksum> kind, String... fingerprints) {
    return new FourFiles(
        RemoteFile.idx("train-images-idx3-ubyte", kind.apply(fingerprints[0])),
        RemoteFile.idx("train-labels-idx1-ubyte", kind.apply(fingerprints[1])),
        RemoteFile.idx("t10k-images-idx3-ubyte", kind.apply(fingerprints[2])),
        RemoteFile.idx("t10k-labels-idx1-ubyte", kind.apply(fingerprints[3])));
  }

  /** The files of a split of EMNIST, whose archive alone has a fingerprint. */
  static FourFiles emnist(String split) {
    String prefix = "emnist-" + split;
    return new FourFiles(
        unknown(prefix + "-train-images-idx3-ubyte"),
        unknown(prefix + "-train-labels-idx1-ubyte"),
        unknown(prefix + "-test-images-idx3-ubyte"),
        unknown(prefix + "-test-labels-idx1-ubyte"));
  }

  static FourFiles qmnist(String... md5) {
    return new FourFiles(
        RemoteFile.idx("qmnist-train-images-idx3-ubyte", Checksum.md5OfFile(md5[0])),
        RemoteFile.idx("qmnist-train-labels-idx2-int", Checksum.md5OfFile(md5[1])),
        RemoteFile.idx("qmnist-test-images-idx3-ubyte", Checksum.md5OfFile(md5[2])),
        RemoteFile.idx("qmnist-test-labels-idx2-int", Checksum.md5OfFile(md5[3])));
  }

  private static RemoteFile unknown(String plainName) {
    @Nullable Checksum none = null;
    return RemoteFile.idx(plainName, none);
  }

  List<RemoteFile> all() {
    return List.of(trainImages, trainLabels, testImages, testLabels);
  }
}
