package org.nn4j.mnist;

/** The files of each set, and the mirrors that offer them. */
final class SetSources {
  static final SetSource MNIST =
      upright(
          FourFiles.classic(
              Checksum::sha256OfContent,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
          Origin.of(
              "https://ossci-datasets.s3.amazonaws.com/mnist/",
              "https://storage.googleapis.com/cvdf-datasets/mnist/"));

  static final SetSource FASHION_MNIST =
      upright(
          FourFiles.classic(
              Checksum::md5OfFile,
              "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
              "25c81989df183df01b3e8a0aad5dffbe",
              "bef4ecab320f06d8554ea6380940ec79",
              "bb300cfdad3c16e7a12a480ee83cd310"),
          Origin.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));

  static final SetSource KMNIST =
      upright(
          FourFiles.classic(
              Checksum::md5OfFile,
              "bdb82020997e1d708af4cf47b453dcf7",
              "e144d726b3acfaa3e44228e80efcd344",
              "5c965bf0a639b31b8f53240b1b52f4d7",
              "7320c461ea6c1c855c0b718fb2a4b134"),
          Origin.of(
              "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
              "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"));

  /** Eight columns for each label: the class, then the writer and other figures of NIST. */
  static final SetSource QMNIST =
      new SetSource(
          FourFiles.qmnist(
              "ed72d4157d28c017586c42bc6afe6370",
              "0058f8dd561b90ffdd0f734c6a30e5e4",
              "1394631089c404de565df7b7aeaf9412",
              "5b5b05890a5e13444e108efe57b788aa"),
          Origin.of("https://raw.githubusercontent.com/facebookresearch/qmnist/master/"),
          new Labelling(0, ElementType.INT, 2),
          false);

  private SetSources() {}

  private static SetSource upright(FourFiles files, Origin origin) {
    return new SetSource(files, origin, Labelling.bytesFrom(0), false);
  }

  /** A split of EMNIST, whose labels count from a first one; one archive holds all splits. */
  static SetSource emnist(String split, int firstLabel) {
    Origin origin =
        Origin.of(
                "https://biometrics.nist.gov/cs_links/EMNIST/",
                "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/")
            .inArchive(
                RemoteFile.archive(
                    "gzip.zip", Checksum.md5OfFile("58c8d27c78d21e728a6bc7b3cc06412e")),
                "gzip/");
    return new SetSource(FourFiles.emnist(split), origin, Labelling.bytesFrom(firstLabel), true);
  }
}
