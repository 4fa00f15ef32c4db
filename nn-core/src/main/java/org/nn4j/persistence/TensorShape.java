package org.nn4j.persistence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Texts;
import org.nn4j.io.ModelFormatException;

/**
 * Shape and type of a tensor, for comparison.
 *
 * @param dimensions none for a scalar
 * @param type its data type
 */
record TensorShape(List<Long> dimensions, DataType type) {
  static TensorShape of(INDArray array) {
    return new TensorShape(Arrays.stream(array.shape()).boxed().toList(), array.dataType());
  }

  /** Returns all differences. */
  static void check(String file, Map<String, TensorShape> expected, Map<String, TensorShape> found)
      throws ModelFormatException {
    List<String> differences = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(expected.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      TensorShape ours = expected.get(name);
      TensorShape theirs = found.get(name);
      if (ours == null || !ours.equals(theirs)) {
        differences.add(
            Texts.brief(name) + ": expected " + describe(ours) + ", found " + describe(theirs));
      }
    }
    refuse(file, "tensors", differences);
  }

  /** Refuses a file with differences. */
  static void refuse(String file, String place, List<String> differences)
      throws ModelFormatException {
    if (!differences.isEmpty()) {
      throw new ModelFormatException(
          file,
          place,
          "the " + place + " of the network",
          "these differences:\n  " + Texts.list(differences, "\n  ") + "\n",
          "take the file that belongs to the network");
    }
  }

  private static String describe(@Nullable TensorShape shape) {
    return shape == null ? "none" : Texts.brief(shape);
  }

  @Override
  public String toString() {
    return dimensions + " of " + type;
  }
}
