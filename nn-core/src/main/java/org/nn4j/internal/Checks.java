package org.nn4j.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;

/** Argument checks that only the library needs. Thread-safe. */
public final class Checks {
  private Checks() {}

  /**
   * Checks that neither a list nor any of its elements is null.
   *
   * @param values the elements
   * @param who the object or method that throws
   * @param name the argument's name, such as {@code "listeners"}
   * @param <T> the type of the elements
   * @return an unmodifiable copy
   * @throws NullPointerException if the list or an element is null
   */
  public static <T> List<T> noNulls(@Nullable Collection<T> values, Object who, String name) {
    List<T> list = new ArrayList<>(Require.notNull(values, who, name));
    for (int i = 0; i < list.size(); i++) {
      Require.notNull(list.get(i), who, name + "[" + i + "]");
    }
    return List.copyOf(list);
  }

  /**
   * Checks that neither an array nor any of its elements is null.
   *
   * @param values the elements
   * @param who the object or method that throws
   * @param name the argument's name, such as {@code "metrics"}
   * @param <T> the type of the elements
   * @return an unmodifiable list of the elements
   * @throws NullPointerException if the array or an element is null
   */
  public static <T> List<T> noNulls(T @Nullable [] values, Object who, String name) {
    return noNulls(Arrays.asList(Require.notNull(values, who, name)), who, name);
  }

  /** Returns whether weights are finite, 0 or more, and not all 0: those would train nothing. */
  public static boolean isWeights(double... weights) {
    return Arrays.stream(weights).allMatch(w -> w >= 0 && Double.isFinite(w))
        && Arrays.stream(weights).anyMatch(w -> w > 0);
  }

  /**
   * Checks that a map has no null key or value.
   *
   * @param values the map
   * @param who the object or method that throws
   * @param name the argument's name, such as {@code "tensors"}
   * @param <V> the type of the values
   * @return the map itself
   * @throws NullPointerException if the map, a key or a value is null
   */
  public static <V> Map<String, V> noNulls(
      @Nullable Map<String, V> values, Object who, String name) {
    Require.notNull(values, who, name)
        .forEach(
            (key, value) -> {
              Require.notNull(key, who, "a key of " + name);
              Require.notNull(value, who, name + "['" + key + "']");
            });
    return Require.notNull(values, who, name);
  }

  /**
   * Checks that a user-defined function has not returned null.
   *
   * @param value the result
   * @param who the object that called it
   * @param function the required result and the function, such as {@code "an array from the
   *     function of mapInputs"}
   * @param <T> the type of the value
   * @return the value
   * @throws NullPointerException if it is null
   */
  public static <T> T returned(@Nullable T value, Object who, String function) {
    if (value == null) {
      throw new NullPointerException(
          Require.message(who.toString(), function, "null", "return a value instead of null"));
    }
    return value;
  }

  /**
   * Checks that the samples of a data set have a shape of the network.
   *
   * @param expected the shape of the network
   * @param found the shape of the samples
   * @param who the start of messages, such as {@code "Trainer, training data, inputs"}
   * @throws ShapeMismatchException if the shapes differ
   */
  public static void sampleShape(Shape expected, Shape found, String who) {
    if (!expected.equals(found)) {
      throw new ShapeMismatchException(
          who,
          "samples of the network's shape " + expected,
          found.toString(),
          "reshape the data with mapInputs or mapTargets, or build the network for it");
    }
  }

  /**
   * Checks that the targets of a data set have the shape of a network's output.
   *
   * @param output the shape of the output
   * @param found the shape of the targets
   * @param who the start of messages, such as {@code "Trainer, training data, targets"}
   * @throws ShapeMismatchException if the shapes differ
   */
  public static void targetShape(Shape output, Shape found, String who) {
    if (found.size() == 1 && output.rank() == 1 && output.size() > 1) {
      throw new ShapeMismatchException(
          who,
          "samples of the network's shape " + output,
          found.toString(),
          "convert class indices with Dataset.ofLabels(inputs, labels, "
              + output.size()
              + "), or build the network for the data");
    }
    sampleShape(output, found, who);
  }

  /**
   * Checks that predictions and targets are rows of the same shape and data type.
   *
   * @param predictions {@code [B, out]}
   * @param targets of the same shape and type
   * @param who the name of the object that throws
   * @throws ShapeMismatchException if the rank is not 2 or the shapes differ
   * @throws IllegalArgumentException if the data types differ, or are of integers
   */
  public static void rows(INDArray predictions, INDArray targets, Object who) {
    Require.notNull(targets, who, "targets");
    if (Require.notNull(predictions, who, "predictions").rank() != 2 || predictions.length() == 0) {
      throw new ShapeMismatchException(
          who.toString(),
          "predictions [B, out]",
          Arrays.toString(predictions.shape()),
          predictions.length() == 0
              ? "pass at least one sample"
              : "put a Flatten layer at the end of the network");
    }
    if (!Arrays.equals(predictions.shape(), targets.shape()) && isIndices(targets, predictions)) {
      throw new ShapeMismatchException(
          who.toString(),
          "targets " + Arrays.toString(predictions.shape()),
          Arrays.toString(targets.shape()),
          "pass targets of that shape; convert class indices with Labels.oneHot(labels, "
              + predictions.size(1)
              + ", DataType."
              + predictions.dataType()
              + ")");
    }
    sameShape(predictions, targets, who, "targets");
    if (!predictions.dataType().isFPType()) {
      throw wrongType(
          who,
          "predictions",
          "FLOAT or DOUBLE",
          predictions.dataType(),
          "cast them with castTo(DataType.FLOAT)");
    }
    if (targets.dataType() != predictions.dataType()) {
      throw wrongType(
          who,
          "targets",
          predictions.dataType(),
          targets.dataType(),
          "cast them with castTo(DataType." + predictions.dataType() + ")");
    }
  }

  /**
   * Checks that a data type is FLOAT or DOUBLE.
   *
   * @param type the data type
   * @param who the name of the object that throws
   * @return the data type
   * @throws IllegalArgumentException if it is neither FLOAT nor DOUBLE
   */
  public static DataType floatOrDouble(DataType type, String who) {
    Require.that(
        Require.notNull(type, who, "type") == DataType.FLOAT || type == DataType.DOUBLE,
        who,
        "data type FLOAT or DOUBLE",
        type,
        "pass the data type of the network");
    return type;
  }

  /**
   * Checks that a data type is numeric or boolean.
   *
   * @param type the data type
   * @param who the name of the object that throws
   * @return the data type
   * @throws IllegalArgumentException if it is another one, such as UTF8
   */
  public static DataType numeric(DataType type, Object who) {
    if (!type.isNumerical() && type != DataType.BOOL) {
      throw new IllegalArgumentException(
          Require.message(
              who.toString(),
              "an array of numbers",
              type.toString(),
              "convert its elements to numbers first"));
    }
    return type;
  }

  /**
   * Checks that two arrays have the same shape.
   *
   * @param expected the array whose shape is right
   * @param found the array to check
   * @param who the name of the object that throws
   * @param name what the checked array is, such as {@code "targets"}
   * @throws ShapeMismatchException if the shapes differ
   */
  public static void sameShape(INDArray expected, INDArray found, Object who, String name) {
    Require.notNull(found, who, name);
    if (expected == null) { // the name is built only if it is needed
      Require.notNull(expected, who, "expected " + name);
    }
    if (!Arrays.equals(expected.shape(), found.shape())) {
      throw new ShapeMismatchException(
          who.toString(),
          name + " " + Arrays.toString(expected.shape()),
          Arrays.toString(found.shape()),
          "pass an array of that shape");
    }
  }

  /**
   * Checks the number of an epoch.
   *
   * @param number the number, from 1 on
   * @param who the name of the method that throws
   * @throws IllegalArgumentException if it is below 1
   */
  public static void epoch(int number, String who) {
    Require.that(
        number >= 1,
        who,
        "an epoch from 1 on",
        number,
        "count epochs from 1; evaluation() returns the samples without augmentation");
  }

  /**
   * Checks the number of elements of a sample of a data set.
   *
   * @param expected the number of the other samples
   * @param found its number
   * @param name what they are, such as {@code "inputs"}
   * @param index which sample
   * @throws ShapeMismatchException if the numbers differ
   */
  public static void rowLength(long expected, int found, String name, long index) {
    if (found != expected) {
      throw new ShapeMismatchException(
          "Dataset",
          expected + " " + name + " in each sample",
          found + " in sample " + index,
          "pass samples of one length");
    }
  }

  /**
   * Returns the exception for an array of another data type.
   *
   * @param who the name of the object that throws
   * @param name what the array is
   * @param expected the data type it should have
   * @param found the data type it has
   * @param remedy what to do
   * @return the exception to throw
   */
  public static IllegalArgumentException wrongType(
      Object who, String name, Object expected, DataType found, String remedy) {
    return new IllegalArgumentException(
        Require.message(
                who.toString(), name + " of data type " + expected, found.toString(), remedy)
            + Texts.SEE_DATA_TYPE);
  }

  /**
   * Returns whether targets are one element for each sample, where predictions are rows of several.
   */
  private static boolean isIndices(INDArray targets, INDArray predictions) {
    return predictions.size(1) > 1 && targets.length() == predictions.size(0);
  }
}
