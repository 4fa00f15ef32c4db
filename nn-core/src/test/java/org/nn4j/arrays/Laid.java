package org.nn4j.arrays;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.SeededRandom;

/**
 * An array in some layout, and the same elements row-major without gaps.
 *
 * @param name how it lies in memory
 * @param array the array
 * @param plain its elements, found one by one
 * @param writable whether each element has a place of its own
 */
record Laid(String name, INDArray array, INDArray plain, boolean writable) {
  /** Layouts of arrays of a shape: strides of any kind, orders, offsets, and views. */
  static List<Laid> all(DataType type, long... shape) {
    List<Laid> layouts = new ArrayList<>();
    int turn = 0;
    for (long[] strides : strides(shape)) {
      long offset = turn % 2 == 0 ? 0 : 3;
      layouts.add(of(type, shape, strides, offset, turn / 2 % 2 == 0 ? 'c' : 'f'));
      turn++;
    }
    views(type, shape).forEach(view -> layouts.add(of("a view " + layouts.size(), view)));
    return layouts;
  }

  private static List<long[]> strides(long[] shape) {
    long[] rows = new long[shape.length];
    long[] columns = new long[shape.length];
    long next = 1;
    long nextOfColumns = 1;
    for (int i = 0; i < shape.length; i++) {
      rows[shape.length - 1 - i] = next;
      next *= shape[shape.length - 1 - i];
      columns[i] = nextOfColumns;
      nextOfColumns *= shape[i];
    }
    List<long[]> strides = new ArrayList<>(List.of(rows, columns, new long[shape.length]));
    for (long[] sound : List.of(rows, columns)) {
      strides.add(LongStream.of(sound).map(s -> 2 * s).toArray());
      strides.add(LongStream.of(sound).map(s -> s == 1 ? 1 : s + 3).toArray());
      for (int axis = 0; axis < shape.length; axis++) {
        long[] repeated = sound.clone();
        repeated[axis] = 0; // one row that is seen as many
        strides.add(repeated);
        long[] sliding = sound.clone();
        sliding[axis] = 1; // windows that overlap
        strides.add(sliding);
      }
    }
    SeededRandom random = new SeededRandom(shape.length);
    for (int i = 0; i < 4; i++) {
      strides.add(LongStream.of(shape).map(s -> random.nextInt(8)).toArray());
    }
    Set<String> seen = new HashSet<>();
    strides.removeIf(some -> !seen.add(Arrays.toString(some)));
    return strides;
  }

  private static Laid of(DataType type, long[] shape, long[] strides, long offset, char order) {
    long length = offset + 1;
    for (int axis = 0; axis < shape.length; axis++) {
      length += (shape[axis] - 1) * strides[axis];
    }
    double[] numbers = numbers(length);
    DataBuffer buffer = Nd4j.createFromArray(numbers).castTo(type).data();
    return of(
        "strides " + Arrays.toString(strides) + ", offset " + offset + ", order " + order,
        Nd4j.create(buffer, shape, strides, offset, order));
  }

  private static Laid of(String name, INDArray array) {
    long[] shape = array.shape();
    double[] numbers = new double[(int) array.length()];
    Set<Long> taken = new HashSet<>();
    boolean writable = true;
    long[] at = new long[shape.length];
    for (int i = 0; i < numbers.length; i++) {
      long place = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        place += at[axis] * array.stride(axis);
      }
      numbers[i] = array.getDouble(at);
      writable &= taken.add(place);
      for (int axis = shape.length - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--) {
        at[axis] = 0;
      }
    }
    INDArray plain = Nd4j.createFromArray(numbers).castTo(array.dataType()).reshape('c', shape);
    String what = array.dataType() + " " + Arrays.toString(shape) + ", " + name;
    return new Laid(what, array, plain, writable);
  }

  /** What users make with ND4J's own methods. */
  private static List<INDArray> views(DataType type, long[] shape) {
    if (shape.length != 2) {
      return List.of();
    }
    long r = shape[0];
    long c = shape[1];
    INDArray wide = array(type, 2 * r + 3, 2 * c + 5);
    return List.of(
        array(type, c, r).transpose(),
        array(type, r, c).dup('f'),
        wide.get(interval(2, 2 + r), interval(3, 3 + c)),
        wide.get(interval(1, 2, 1 + 2 * r), interval(1, 2, 1 + 2 * c)),
        array(type, 2 * c + 3, 2 * r + 3).transpose().get(interval(1, 1 + r), interval(2, 2 + c)),
        array(type, 3, r, c)
            .get(interval(1, 2), NDArrayIndex.all(), NDArrayIndex.all())
            .reshape('c', r, c),
        array(type, r, 3, c).tensorAlongDimension(1, 0, 2),
        array(type, 1, c).broadcast(r, c),
        array(type, r, 1).broadcast(r, c));
  }

  private static INDArray array(DataType type, long... shape) {
    double[] numbers = numbers(LongStream.of(shape).reduce(1, (a, b) -> a * b));
    return Nd4j.createFromArray(numbers).castTo(type).reshape('c', shape);
  }

  /** Numbers that are probabilities too. */
  private static double[] numbers(long length) {
    SeededRandom random = new SeededRandom(length);
    double[] numbers = new double[(int) length];
    Arrays.setAll(numbers, i -> 0.05 + 0.9 * random.nextDouble());
    return numbers;
  }
}
