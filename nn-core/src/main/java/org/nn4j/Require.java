package org.nn4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Backend;

/**
 * Checks of arguments, with messages of four parts: who, what was expected, what was found, what to
 * do.
 *
 * <p>For the library's own classes and for a user's layers, losses and optimizers alike.
 * Thread-safe.
 */
public final class Require {
  private static final String SEE_DATA_TYPE = "; see docs/troubleshooting.md#data-type";

  private static final int MAX_PART = 10_000;

  private Require() {}

  /**
   * The text of every message of this library.
   *
   * @param who the object that complains, as it prints itself
   * @param expected what it expected
   * @param found what it was given
   * @param remedy what to do
   * @return {@code "who: expected ..., found ...; remedy"}
   */
  public static String message(String who, String expected, String found, String remedy) {
    return shortened(who)
        + ": expected "
        + shortened(expected)
        + ", found "
        + shortened(found)
        + "; "
        + shortened(remedy);
  }

  /** What comes from a file may be of any length; a message is read by people. */
  private static String shortened(String part) {
    return Listing.shortened(part, MAX_PART);
  }

  /**
   * A thing in a message: what it prints, cut after 200 characters.
   *
   * @param thing such as a name from a file
   * @return its text, or the beginning of it and how long it is
   */
  public static String brief(Object thing) {
    return Listing.shortened(String.valueOf(thing), Listing.MAX_LENGTH);
  }

  /**
   * Lists things for a message: at most 20 of them, and how many more there are.
   *
   * @param things what to list; each is cut after 200 characters
   * @return such as {@code "a, b, c and 99,980 more"}
   */
  public static String list(Collection<?> things) {
    return list(things, ", ");
  }

  /**
   * Lists things for a message, as {@link #list(Collection)} does, with another separator.
   *
   * @param things what to list
   * @param separator what stands between two of them
   * @return such as {@code "a; b; c and 99,980 more"}
   */
  public static String list(Collection<?> things, String separator) {
    return Listing.of(things, separator);
  }

  /**
   * Checks that ND4J can be used, and starts it at the first call. The library calls this before it
   * makes an array; a program may call it first, to fail early.
   *
   * @throws IllegalStateException if ND4J cannot start: no backend, no natives for this platform,
   *     no folder to unpack them into, versions that do not fit together, too little memory
   */
  public static void backend() {
    Backend.require();
  }

  /**
   * Checks a condition on a hyper-parameter.
   *
   * @param holds the condition
   * @param who the object that complains
   * @param what the argument's name and condition, such as {@code "learning rate above 0"}
   * @param found its value
   * @throws IllegalArgumentException if the condition does not hold
   */
  public static void that(boolean holds, String who, String what, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException(message(who, what, String.valueOf(found), "pass " + what));
    }
  }

  /**
   * Checks a condition whose remedy is another than to pass what was expected.
   *
   * @param holds the condition
   * @param who the object that complains
   * @param what the argument's name and condition
   * @param found its value
   * @param remedy what to do
   * @throws IllegalArgumentException if the condition does not hold
   */
  public static void that(
      boolean holds, String who, String what, @Nullable Object found, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException(message(who, what, String.valueOf(found), remedy));
    }
  }

  /**
   * Checks that an argument is not null.
   *
   * @param value the argument
   * @param who the object or the method that complains
   * @param name the argument's name, such as {@code "training data"}
   * @param <T> its type
   * @return the value
   * @throws NullPointerException if it is null
   */
  public static <T> T notNull(@Nullable T value, Object who, String name) {
    if (value == null) {
      throw new NullPointerException(
          message(
              who.toString(),
              "argument '" + name + "'",
              "null",
              "pass a value for '" + name + "'"));
    }
    return value;
  }

  /**
   * Checks that neither a list, nor any element of it, is null.
   *
   * @param values the elements
   * @param who the object or the method that complains
   * @param name the argument's name, such as {@code "listeners"}
   * @param <T> the type of the elements
   * @return an unmodifiable copy
   * @throws NullPointerException if the list or an element is null
   */
  public static <T> List<T> noNulls(@Nullable Collection<T> values, Object who, String name) {
    List<T> list = new ArrayList<>(notNull(values, who, name));
    for (int i = 0; i < list.size(); i++) {
      notNull(list.get(i), who, name + "[" + i + "]");
    }
    return List.copyOf(list);
  }

  /**
   * Checks that neither an array, nor any element of it, is null.
   *
   * @param values the elements
   * @param who the object or the method that complains
   * @param name the argument's name, such as {@code "metrics"}
   * @param <T> the type of the elements
   * @return an unmodifiable list of the elements
   * @throws NullPointerException if the array or an element is null
   */
  public static <T> List<T> noNulls(T @Nullable [] values, Object who, String name) {
    return noNulls(Arrays.asList(notNull(values, who, name)), who, name);
  }

  /**
   * Checks that a map has no null in it.
   *
   * @param values the map
   * @param who the object or the method that complains
   * @param name the argument's name, such as {@code "tensors"}
   * @param <V> the type of the values
   * @return the map itself
   * @throws NullPointerException if the map, a key or a value is null
   */
  public static <V> Map<String, V> noNulls(
      @Nullable Map<String, V> values, Object who, String name) {
    notNull(values, who, name)
        .forEach(
            (key, value) -> {
              notNull(key, who, "a key of " + name);
              notNull(value, who, name + "['" + key + "']");
            });
    return notNull(values, who, name);
  }

  /**
   * Checks that a user's function has not returned null.
   *
   * @param value what it returned
   * @param who the object that called it
   * @param function the function and what it is to return, such as {@code "an array from the
   *     function of mapInputs"}
   * @param <T> the type of the value
   * @return the value
   * @throws NullPointerException if it is null
   */
  public static <T> T returned(@Nullable T value, Object who, String function) {
    if (value == null) {
      throw new NullPointerException(
          message(who.toString(), function, "null", "return a value instead of null"));
    }
    return value;
  }

  /**
   * Checks that a number is positive and finite.
   *
   * @param value the number
   * @param who the object that complains
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is zero, negative, infinite or NaN
   */
  public static double positive(double value, String who, String name) {
    that(value > 0 && Double.isFinite(value), who, name + " above 0 and finite", value);
    return value;
  }

  /**
   * Checks that a number is not negative, and finite.
   *
   * @param value the number
   * @param who the object that complains
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public static double notNegative(double value, String who, String name) {
    that(value >= 0 && Double.isFinite(value), who, name + " of 0 or more and finite", value);
    return value;
  }

  /**
   * Checks that a number is finite.
   *
   * @param value the number
   * @param who the object that complains
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is infinite or NaN
   */
  public static double finite(double value, String who, String name) {
    that(Double.isFinite(value), who, "a finite " + name, value);
    return value;
  }

  /**
   * Checks that a number is a fraction in {@code [0, 1)}.
   *
   * @param value the number
   * @param who the object that complains
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is not in {@code [0, 1)}
   */
  public static double fraction(double value, String who, String name) {
    that(value >= 0 && value < 1, who, name + " in [0, 1)", value);
    return value;
  }

  /**
   * Checks that a whole number is at least 1.
   *
   * @param value the number
   * @param who the object that complains
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static int atLeastOne(int value, String who, String name) {
    if (value < 1) { // this is asked in loops: the text is made only if it is needed
      that(false, who, name + " of 1 or more", value);
    }
    return value;
  }

  /**
   * Checks that an array is a batch of samples of a shape and of a data type.
   *
   * @param array the array
   * @param sample the shape of one sample
   * @param type the data type
   * @param who the object that complains
   * @param name what the array is, such as {@code "input"}
   * @throws ShapeMismatchException if it has no row, or its shape is not {@code [B, sample...]}
   * @throws IllegalArgumentException if its data type differs
   */
  public static void batch(INDArray array, Shape sample, DataType type, Object who, String name) {
    if (!sample.matches(notNull(array, who, name)) || array.size(0) == 0) {
      throw new ShapeMismatchException(
          who.toString(),
          name + " " + sample.describeBatch() + " with B of 1 or more",
          Arrays.toString(array.shape()),
          remedy(array, sample));
    }
    if (array.dataType() != type) {
      throw new IllegalArgumentException(
          message(
                  who.toString(),
                  name + " of data type " + type,
                  array.dataType().toString(),
                  "cast it with castTo(DataType." + type + "), or build the network with that type")
              + SEE_DATA_TYPE);
    }
  }

  private static String remedy(INDArray array, Shape sample) {
    if (Arrays.equals(array.shape(), sample.toArray())) {
      return "pass a batch: reshape a single sample to " + Arrays.toString(sample.withBatch(1));
    }
    return array.rank() > 0 && array.size(0) == 0
        ? "pass at least one sample"
        : "give each sample the shape " + sample + ", or build the network for the shape you have";
  }

  /**
   * Checks that the samples of a data set have the shape that a network takes or gives.
   *
   * @param expected the shape of the network
   * @param found the shape of the samples
   * @param who who complains about what, such as {@code "Trainer, training data, inputs"}
   * @throws ShapeMismatchException if the shapes differ
   */
  public static void sampleShape(Shape expected, Shape found, String who) {
    if (!expected.equals(found)) {
      throw new ShapeMismatchException(
          who,
          "samples of the network's shape " + expected,
          found.toString(),
          "reshape the data or build the network for it");
    }
  }

  /**
   * Checks that the targets of a data set have the shape of a network's output.
   *
   * @param output the shape of the output
   * @param found the shape of the targets
   * @param who who complains about what, such as {@code "Trainer, training data, targets"}
   * @throws ShapeMismatchException if the shapes differ
   */
  public static void targetShape(Shape output, Shape found, String who) {
    if (found.size() == 1 && output.rank() == 1 && output.size() > 1) {
      throw new ShapeMismatchException(
          who,
          "samples of the network's shape " + output,
          found.toString(),
          "turn class indices into one-hot rows, Dataset.ofLabels(inputs, labels, "
              + output.size()
              + "), or build the network for the data");
    }
    sampleShape(output, found, who);
  }

  /**
   * Checks that two arrays have one shape.
   *
   * @param expected the array whose shape is right
   * @param found the array to check
   * @param who the object that complains
   * @param name what the checked array is, such as {@code "targets"}
   * @throws ShapeMismatchException if the shapes differ
   */
  public static void sameShape(INDArray expected, INDArray found, Object who, String name) {
    if (!expected.equalShapes(notNull(found, who, name))) {
      throw new ShapeMismatchException(
          who.toString(),
          name + " " + Arrays.toString(expected.shape()),
          Arrays.toString(found.shape()),
          "give " + name + " of that shape");
    }
  }

  /** Whether there is one number for each sample, where there are rows of several predictions. */
  private static boolean isIndices(INDArray targets, INDArray predictions) {
    return predictions.size(1) > 1 && targets.length() == predictions.size(0);
  }

  /**
   * Checks that predictions and targets are rows of one shape and one data type.
   *
   * @param predictions {@code [B, out]}
   * @param targets to be of the same shape and type
   * @param who the object that complains
   * @throws ShapeMismatchException if the rank is not 2 or the shapes differ
   * @throws IllegalArgumentException if the data types differ, or are of integers
   */
  public static void rows(INDArray predictions, INDArray targets, Object who) {
    notNull(targets, who, "targets");
    if (notNull(predictions, who, "predictions").rank() != 2) {
      throw new ShapeMismatchException(
          who.toString(),
          "predictions [B, out]",
          Arrays.toString(predictions.shape()),
          "put a Flatten layer at the end of the network");
    }
    if (!predictions.equalShapes(targets) && isIndices(targets, predictions)) {
      throw new ShapeMismatchException(
          who.toString(),
          "targets " + Arrays.toString(predictions.shape()),
          Arrays.toString(targets.shape()),
          "give targets of that shape; class indices become rows with Labels.oneHot(labels, "
              + predictions.size(1)
              + ", DataType."
              + predictions.dataType()
              + ")");
    }
    sameShape(predictions, targets, who, "targets");
    if (!predictions.dataType().isFPType()) {
      throw new IllegalArgumentException(
          message(
                  who.toString(),
                  "predictions of data type FLOAT or DOUBLE",
                  predictions.dataType().toString(),
                  "cast them with castTo(DataType.FLOAT)")
              + SEE_DATA_TYPE);
    }
    if (targets.dataType() != predictions.dataType()) {
      throw new IllegalArgumentException(
          message(
                  who.toString(),
                  "targets of data type " + predictions.dataType(),
                  targets.dataType().toString(),
                  "cast them with castTo(DataType." + predictions.dataType() + ")")
              + SEE_DATA_TYPE);
    }
  }
}
