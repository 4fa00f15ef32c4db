package org.nn4j.mnist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nn4j.data.Dataset;
import org.nn4j.internal.download.Checksum;
import org.nn4j.internal.download.Download.Origin;
import org.nn4j.internal.download.RemoteFile;

/**
 * IDX files of an image set: names, checksums and mirrors, and the form of their labels.
 *
 * @param all training images, training labels, test images, test labels
 * @param origin the mirrors of the files
 * @param labelType the element type of the labels
 * @param labelRank 1 for {@code [labels]}, or 2 for {@code [labels, columns]} with the label in
 *     column 0
 * @param firstLabel the label of class 0
 * @param transposed whether rows and columns of each image are exchanged in the files
 */
record SetFiles(
    List<RemoteFile> all,
    Origin origin,
    ElementType labelType,
    int labelRank,
    int firstLabel,
    boolean transposed) {
  static final SetFiles MNIST =
      classic(
          Checksum::sha256OfContent,
          Origin.of(
              "https://ossci-datasets.s3.amazonaws.com/mnist/",
              "https://storage.googleapis.com/cvdf-datasets/mnist/"),
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  static final SetFiles FASHION_MNIST =
      classic(
          Checksum::md5OfFile,
          Origin.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
          "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
          "25c81989df183df01b3e8a0aad5dffbe",
          "bef4ecab320f06d8554ea6380940ec79",
          "bb300cfdad3c16e7a12a480ee83cd310");

  static final SetFiles KMNIST =
      classic(
          Checksum::md5OfFile,
          Origin.of(
              "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
              "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
          "bdb82020997e1d708af4cf47b453dcf7",
          "e144d726b3acfaa3e44228e80efcd344",
          "5c965bf0a639b31b8f53240b1b52f4d7",
          "7320c461ea6c1c855c0b718fb2a4b134");

  /** Each label has eight columns: the class, then the writer and other numbers of NIST. */
  static final SetFiles QMNIST =
      new SetFiles(
          List.of(
              RemoteFile.idx(
                  "qmnist-train-images-idx3-ubyte", md5("ed72d4157d28c017586c42bc6afe6370")),
              RemoteFile.idx(
                  "qmnist-train-labels-idx2-int", md5("0058f8dd561b90ffdd0f734c6a30e5e4")),
              RemoteFile.idx(
                  "qmnist-test-images-idx3-ubyte", md5("1394631089c404de565df7b7aeaf9412")),
              RemoteFile.idx(
                  "qmnist-test-labels-idx2-int", md5("5b5b05890a5e13444e108efe57b788aa"))),
          Origin.of("https://raw.githubusercontent.com/facebookresearch/qmnist/master/"),
          ElementType.INT,
          2,
          0,
          false);

  private static Checksum md5(String hex) {
    return Checksum.md5OfFile(hex);
  }

  /** Returns files with the names of MNIST's, and their checksums in the order of {@link #all}. */
  private static SetFiles classic(
      Function<String, Checksum> kind, Origin origin, String... checksums) {
    List<String> names =
        List.of(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte");
    List<RemoteFile> files =
        IntStream.range(0, names.size())
            .mapToObj(i -> RemoteFile.idx(names.get(i), kind.apply(checksums[i])))
            .toList();
    return new SetFiles(files, origin, ElementType.UBYTE, 1, 0, false);
  }

  /**
   * Returns a split of EMNIST. One archive contains all splits; only the archive has a checksum.
   */
  static SetFiles emnist(String split, int firstLabel) {
    RemoteFile archive = RemoteFile.archive("gzip.zip", md5("58c8d27c78d21e728a6bc7b3cc06412e"));
    Origin origin =
        Origin.of(
                "https://biometrics.nist.gov/cs_links/EMNIST/",
                "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/")
            .inArchive(archive, "gzip/");
    @Nullable Checksum none = null;
    List<RemoteFile> files =
        Stream.of("train-images-idx3", "train-labels-idx1", "test-images-idx3", "test-labels-idx1")
            .map(part -> RemoteFile.idx("emnist-" + split + "-" + part + "-ubyte", none))
            .toList();
    return new SetFiles(files, origin, ElementType.UBYTE, 1, firstLabel, true);
  }

  /** Returns the names of the files that a folder lacks, both raw and gzip. */
  List<String> missingIn(Path folder) {
    return all.stream()
        .filter(file -> !Files.isRegularFile(find(file, folder)))
        .map(file -> file.plainName() + "[.gz]")
        .toList();
  }

  /** Returns the raw file if there is one, else the gzip file, which may not exist. */
  private static Path find(RemoteFile file, Path folder) {
    Path raw = folder.resolve(file.plainName());
    return Files.isRegularFile(raw) ? raw : folder.resolve(file.name());
  }

  /** Reads and checks the files in a folder that has all of them. */
  LabeledImages load(Path folder, List<String> classNames) throws IOException {
    IdxFile trainImages = images(all.get(0), folder);
    IdxFile testImages = images(all.get(2), folder);
    testImages.requireImageSizeOf(trainImages);
    return new LabeledImages(
        dataset(trainImages, all.get(1), folder, classNames.size()),
        dataset(testImages, all.get(3), folder, classNames.size()),
        classNames);
  }

  private Dataset dataset(IdxFile images, RemoteFile labelFile, Path folder, int classes)
      throws IOException {
    IdxFile labels = IdxFile.read(find(labelFile, folder));
    labels.requireForm(labelType, labelRank, labelRank == 1 ? "[labels]" : "[labels, columns]");
    return IdxDataset.of(transposed ? images.transposed() : images, labels, firstLabel, classes);
  }

  private static IdxFile images(RemoteFile file, Path folder) throws IOException {
    IdxFile images = IdxFile.read(find(file, folder));
    images.requireForm(ElementType.UBYTE, 3, "[images, rows, columns]");
    images.requireElements();
    return images;
  }
}
