package org.nn4j;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;
import org.nn4j.internal.memory.Backend;

/**
 * Argument checks, with messages of four parts: who, what was expected, what was found, what to do.
 *
 * <p>For the library's classes and for your own layers, losses and optimizers. Thread-safe.
 */
public final class Require {
  private Require() {}

  /**
   * Returns a message in the form of all messages of this library.
   *
   * @param who the name of the object that throws
   * @param expected what it expected
   * @param found what it found
   * @param remedy what to do
   * @return {@code "who: expected ..., found ...; remedy"}
   */
  public static String message(String who, String expected, String found, String remedy) {
    return Texts.part(who)
        + ": expected "
        + Texts.part(expected)
        + ", found "
        + Texts.part(found)
        + "; "
        + Texts.part(remedy);
  }

  /**
   * Checks that ND4J can be used, and starts it at the first call. The library calls this before it
   * creates an array; a program may call it at its start.
   *
   * @throws IllegalStateException if ND4J cannot start: no backend, no natives for this platform,
   *     no folder to unpack them into, versions that do not fit together, several versions of this
   *     library, too little memory
   */
  public static void backend() {
    Backend.require();
  }

  /**
   * Checks a condition on a hyper-parameter.
   *
   * @param holds the condition
   * @param who the name of the object that throws
   * @param what the argument's name and condition, such as {@code "learning rate above 0"}
   * @param found its value
   * @throws IllegalArgumentException if the condition does not hold
   */
  public static void that(boolean holds, String who, String what, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          message(who, what, String.valueOf(found), "correct the argument"));
    }
  }

  /**
   * Checks a condition with its own remedy.
   *
   * @param holds the condition
   * @param who the name of the object that throws
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
   * @param who the object or method that throws
   * @param name the argument's name, such as {@code "training data"}
   * @param <T> its type
   * @return the value
   * @throws NullPointerException if it is null
   */
  public static <T> T notNull(@Nullable T value, Object who, String name) {
    if (value == null) {
      throw new NullPointerException(
          message(
              String.valueOf(who),
              "argument '" + name + "'",
              "null",
              "pass a value for '" + name + "'"));
    }
    return value;
  }

  /**
   * Checks that a number is positive and finite.
   *
   * @param value the number
   * @param who the name of the object that throws
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is zero, negative, infinite or NaN
   */
  public static double positive(double value, String who, String name) {
    boolean holds = value > 0 && Double.isFinite(value);
    that(holds, who, "a positive, finite " + name, value, "pass a number above 0");
    return value;
  }

  /**
   * Checks that a number is not negative, and finite.
   *
   * @param value the number
   * @param who the name of the object that throws
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public static double notNegative(double value, String who, String name) {
    boolean holds = value >= 0 && Double.isFinite(value);
    that(holds, who, "a finite " + name + " of 0 or more", value, "pass 0 or a number above 0");
    return value;
  }

  /**
   * Checks that a number is finite.
   *
   * @param value the number
   * @param who the name of the object that throws
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is infinite or NaN
   */
  public static double finite(double value, String who, String name) {
    that(Double.isFinite(value), who, "a finite " + name, value, "check how it is computed");
    return value;
  }

  /**
   * Checks that a number is a fraction in {@code [0, 1)}.
   *
   * @param value the number
   * @param who the name of the object that throws
   * @param name the argument's name
   * @return the value
   * @throws IllegalArgumentException if it is not in {@code [0, 1)}
   */
  public static double fraction(double value, String who, String name) {
    boolean holds = value >= 0 && value < 1;
    that(holds, who, "a " + name + " in [0, 1)", value, "pass 0 or a fraction below 1");
    return value;
  }

  /**
   * Checks that an integer is at least 1.
   *
   * @param value the number
   * @param who the name of the object that throws
   * @param name the argument's name after an article, such as {@code "number of units"}
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static int atLeastOne(int value, String who, String name) {
    if (value < 1) { // called in loops: the message is built only if it is needed
      that(false, who, "a positive " + name, value, "pass 1 or more");
    }
    return value;
  }

  /**
   * Checks that an array is a batch of samples of a shape and of a data type.
   *
   * @param array the array
   * @param sample the shape of one sample
   * @param type the data type
   * @param who the name of the object that throws
   * @param name what the array is, such as {@code "input"}
   * @throws ShapeMismatchException if it has no row, or its shape is not {@code [B, sample...]}
   * @throws IllegalArgumentException if its data type differs
   */
  public static void batch(INDArray array, Shape sample, DataType type, Object who, String name) {
    notNull(array, who, name);
    notNull(type, who, "type");
    if (!notNull(sample, who, "sample").matches(array) || array.shape()[0] == 0) {
      throw new ShapeMismatchException(
          who.toString(),
          name + " " + sample.describeBatch() + " with B of 1 or more",
          Arrays.toString(array.shape()),
          remedy(array, sample));
    }
    if (array.dataType() != type) {
      throw Checks.wrongType(
          who,
          name,
          type,
          array.dataType(),
          "cast it with castTo(DataType." + type + "), or build the network with that type");
    }
  }

  private static String remedy(INDArray array, Shape sample) {
    if (Arrays.equals(array.shape(), sample.toArray())) {
      return "pass a batch: reshape a single sample to " + Arrays.toString(sample.withBatch(1));
    }
    return array.rank() > 0 && array.size(0) == 0
        ? "pass at least one sample"
        : "pass samples of shape " + sample + ", or build the network for the shape you have";
  }

  /**
   * Checks that two arrays have the same shape and data type, such as a value and its gradient.
   *
   * @param expected the array with the right shape and data type
   * @param found the array to check
   * @param who the name of the object that throws
   * @param name what the checked array is, such as {@code "gradient"}
   * @throws ShapeMismatchException if the shapes differ
   * @throws IllegalArgumentException if the data types differ
   */
  public static void like(INDArray expected, INDArray found, Object who, String name) {
    Checks.sameShape(expected, found, who, name);
    if (expected.dataType() != found.dataType()) {
      throw Checks.wrongType(
          who,
          name,
          expected.dataType(),
          found.dataType(),
          "cast it with castTo(DataType." + expected.dataType() + ")");
    }
  }
}
