package org.nn4j.mnist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The four IDX files of a set in one folder, each raw or gzip.
 *
 * @param set the set
 * @param folder the folder, which need not exist
 */
record IdxFolder(ImageSet set, Path folder) implements SetFiles {
  /** The names of the files that are not there, neither raw nor gzip. */
  List<String> missing() {
    return set.source().files().all().stream()
        .filter(file -> !Files.isRegularFile(find(file)))
        .map(file -> file.plainName() + "[.gz]")
        .toList();
  }

  /** The raw file if there is one; else the name of the other, which may not be there either. */
  private Path find(RemoteFile file) {
    Path raw = folder.resolve(file.plainName());
    return Files.isRegularFile(raw) ? raw : folder.resolve(file.name());
  }

  @Override
  public LabeledImages load() throws IOException {
    FourFiles files = set.source().files();
    IdxPair train = read(files.trainImages(), files.trainLabels());
    IdxPair test = read(files.testImages(), files.testLabels());
    test.requireImageSizeOf(train);
    return new LabeledImages(train.dataset(), test.dataset(), set.classNames());
  }

  private IdxPair read(RemoteFile imageFile, RemoteFile labelFile) throws IOException {
    SetSource source = set.source();
    IdxFile images = IdxFile.read(find(imageFile));
    images.requireForm(ElementType.UBYTE, 3, "[images, rows, columns]");
    images.requireElements();
    IdxFile labels = IdxFile.read(find(labelFile));
    source.labelling().require(labels);
    IdxFile upright = source.transposed() ? images.transposed() : images;
    return IdxPair.of(upright, labels, source.labelling().first(), set.classNames().size());
  }
}
