package org.nn4j.mnist;

import java.io.IOException;
import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.data.Dataset;

/**
 * Data sets from any pair of IDX files: images, or other samples, and the class of each.
 *
 * <p>Samples {@code [N, ...]} become rows {@code [N, elements]}, and labels {@code [N]} become
 * one-hot rows. Unsigned bytes are pixels: they stay bytes in memory, and a batch holds them
 * divided by 255, from 0 to 1. Elements of any other type are taken as they are. Thread-safe.
 */
public final class IdxDataset {
  private IdxDataset() {}

  /**
   * Reads a pair of files, raw or gzip. There are as many classes as the highest label says.
   *
   * @param images the samples, of any type, of rank 2 or more
   * @param labels their labels, whole numbers from 0, of rank 1
   * @return the data set, in the order of the files
   * @throws IdxFormatException if a file is not a sound IDX file or has another rank, if there are
   *     no samples, if the numbers of samples and labels differ, or if a label is negative or above
   *     65,535 or an element is no number
   * @throws IOException if a file cannot be read
   */
  public static Dataset load(Path images, Path labels) throws IOException {
    Require.notNull(images, "IdxDataset.load", "images");
    Require.notNull(labels, "IdxDataset.load", "labels");
    return read(images, labels, IdxPair.AS_MANY_AS_LABELS);
  }

  /**
   * Reads a pair of files, raw or gzip.
   *
   * @param images the samples, of any type, of rank 2 or more
   * @param labels their labels, whole numbers from 0 to {@code classes - 1}, of rank 1
   * @param classes the number of classes
   * @return the data set, in the order of the files
   * @throws IllegalArgumentException if {@code classes} is below 1
   * @throws IdxFormatException if a file is not a sound IDX file or has another rank, if there are
   *     no samples, if the numbers of samples and labels differ, or if a label is out of range or
   *     an element is no number
   * @throws IOException if a file cannot be read
   */
  public static Dataset load(Path images, Path labels, int classes) throws IOException {
    Require.notNull(images, "IdxDataset.load", "images");
    Require.notNull(labels, "IdxDataset.load", "labels");
    return read(images, labels, Require.atLeastOne(classes, "IdxDataset", "classes"));
  }

  private static Dataset read(Path imageFile, Path labelFile, int classes) throws IOException {
    IdxFile images = IdxFile.read(imageFile);
    IdxFile labels = IdxFile.read(labelFile);
    if (images.shape().length < 2) {
      throw images.wrong(
          IdxHeader.RANK_OFFSET, "rank 2 or more [samples, ...]", "rank " + images.shape().length);
    }
    if (!labels.idx().type().isInteger()) {
      throw labels.wrong(
          IdxHeader.TYPE_OFFSET, "labels that are whole numbers", labels.idx().type().toString());
    }
    labels.requireForm(labels.idx().type(), 1, "[labels]");
    return IdxPair.of(images, labels, 0, classes).dataset();
  }
}
