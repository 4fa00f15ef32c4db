package org.nn4j.mnist;

import java.util.List;
import org.nn4j.Require;
import org.nn4j.data.Dataset;

/**
 * Training set and test set of an {@link ImageSet}. An input is an image row by row, {@code [rows ·
 * columns]}, each pixel from 0 (paper) to 1 (ink); a target is the one-hot row of its class. The
 * samples are in the order of the files. Thread-safe.
 *
 * @param train the training set
 * @param test the test set
 * @param classNames the name of each class, in the order of the one-hot rows
 */
public record LabeledImages(Dataset train, Dataset test, List<String> classNames) {
  /**
   * Creates a pair of data sets with the same classes.
   *
   * @param train the training set
   * @param test the test set
   * @param classNames the name of each class, in the order of the one-hot rows
   */
  public LabeledImages {
    Require.notNull(train, "LabeledImages", "train");
    Require.notNull(test, "LabeledImages", "test");
    Require.notNull(classNames, "LabeledImages", "classNames");
    for (int i = 0; i < classNames.size(); i++) {
      Require.notNull(classNames.get(i), "LabeledImages", "classNames[" + i + "]");
    }
    classNames = List.copyOf(classNames);
  }
}
