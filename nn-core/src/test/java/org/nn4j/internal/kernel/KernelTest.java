package org.nn4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.SeededRandom;
import org.nn4j.internal.memory.AlignedVector;
import org.nn4j.internal.memory.Memory;

/** Holds the fast primitives to the plain ones, over types, shapes, views and orders. */
class KernelTest {
  private static final Primitives PLAIN = new PlainKernel();

  static Stream<Arguments> shapes() {
    SeededRandom random = new SeededRandom(11);
    Stream<int[]> drawn =
        Stream.generate(
                () ->
                    new int[] {
                      1 + random.nextInt(40), 1 + random.nextInt(50), 1 + random.nextInt(30)
                    })
            .limit(12);
    return Stream.concat(
            Stream.of(
                new int[] {1, 1, 1},
                new int[] {1, 7, 3},
                new int[] {5, 1, 1},
                new int[] {130, 9, 90}),
            drawn)
        .flatMap(
            s ->
                Stream.of(FLOAT, DOUBLE)
                    .flatMap(
                        type ->
                            Arrays.stream(ArrayLayout.values())
                                .map(l -> Arguments.of(type, s[0], s[1], s[2], l))));
  }

  private static double tolerance(DataType type) {
    return type == FLOAT ? 2e-5 : 1e-13;
  }

  private static INDArray random(DataType type, long seed, ArrayLayout layout, long... shape) {
    return layout.lay(Near.random(seed, type, shape));
  }

  private static INDArray empty(DataType type, long... shape) {
    return Nd4j.create(type, shape, 'c');
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productsAgree(DataType type, int rows, int in, int out, ArrayLayout layout) {
    double tolerance = tolerance(type);
    INDArray x = random(type, 1, layout, rows, in);
    INDArray w = random(type, 2, layout, in, out);
    INDArray b = random(type, 3, layout, out);
    INDArray dZ = random(type, 4, layout, rows, out);

    INDArray expected = empty(type, rows, out);
    INDArray found = Near.random(9, type, rows, out);
    PLAIN.affine(x, w, b, expected);
    Kernel.affine(x, w, b, found);
    assertNear(found, expected, tolerance);

    expected = empty(type, rows, in);
    found = Near.random(9, type, rows, in);
    PLAIN.affineInputGradient(dZ, w, expected);
    Kernel.affineInputGradient(dZ, w, found);
    assertNear(found, expected, tolerance);

    expected = random(type, 5, layout, in, out);
    found = random(type, 5, layout, in, out);
    PLAIN.addWeightGradient(x, dZ, expected);
    Kernel.addWeightGradient(x, dZ, found);
    assertNear(found, expected, tolerance);
    PLAIN.weightGradient(x, dZ, expected);
    Kernel.weightGradient(x, dZ, found);
    assertNear(found, expected, tolerance);

    expected = random(type, 6, layout, out);
    found = random(type, 6, layout, out);
    PLAIN.addBiasGradient(dZ, expected);
    Kernel.addBiasGradient(dZ, found);
    assertNear(found, expected, tolerance);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void columnsAgree(DataType type, int rows, int in, int out, ArrayLayout layout) {
    INDArray x = random(type, 1, layout, rows, in);
    INDArray y = random(type, 2, layout, rows, in);
    Offset<Double> near = Offset.offset(tolerance(type));
    double[] means = Kernel.columnMeans(x);
    assertThat(means).containsExactly(PLAIN.columnMeans(x), near);
    assertThat(Kernel.columnMeans(x, y)).containsExactly(PLAIN.columnMeans(x, y), near);
    assertThat(Kernel.columnVariances(x, means))
        .containsExactly(PLAIN.columnVariances(x, means), near);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void vectorsAndGatheringAgree(DataType type, int rows, int in, int out, ArrayLayout layout) {
    double tolerance = tolerance(type);
    INDArray x = random(type, 1, layout, in);
    INDArray expected = random(type, 2, layout, in);
    INDArray found = random(type, 2, layout, in);
    PLAIN.axpy(-0.7, x, expected);
    Kernel.axpy(-0.7, x, found);
    assertNear(found, expected, tolerance);
    assertThat(Kernel.sum(x)).isCloseTo(PLAIN.sum(x), within(10 * tolerance));
    assertThat(Kernel.norm(x)).isCloseTo(PLAIN.norm(x), within(10 * tolerance));
    assertThat(Kernel.sumOfAbs(x)).isCloseTo(PLAIN.sumOfAbs(x), within(10 * tolerance));
    assertThat(JavaArrays.floats(x)).isEqualTo(x.dup('c').castTo(FLOAT).toFloatVector());
    JavaArrays.copy(JavaArrays.floats(x), found);
    assertNear(found, x.castTo(FLOAT), 0);
    assertThat(JavaArrays.doubles(x)).isEqualTo(doubles(x));
    JavaArrays.copy(JavaArrays.doubles(x), found);
    assertNear(found, x, 0);
    found.assign(expected);
    INDArray y = random(type, 4, layout, in);
    PLAIN.multiply(x, y, expected);
    Kernel.multiply(x, y, found);
    assertNear(found, expected, tolerance);
    PLAIN.scale(expected, 0.7);
    Kernel.scale(found, 0.7);
    assertNear(found, expected, tolerance);
    Kernel.clear(found);
    assertThat(doubles(found)).containsOnly(0);

    INDArray source = random(type, 3, layout, rows, in);
    int[] picked = {rows - 1, 0, rows / 2};
    expected = empty(type, 3, in);
    found = empty(type, 3, in);
    PLAIN.gather(source, picked, expected);
    Kernel.gather(source, picked, found);
    assertNear(found, expected, 0);

    INDArray factors = random(type, 7, layout, rows, 1);
    for (long[] shape : new long[][] {{rows, in}, {rows}}) {
      INDArray byOperations = random(type, 8, layout, shape);
      INDArray scaled = random(type, 8, layout, shape);
      PLAIN.scaleRows(byOperations, factors);
      Kernel.scaleRows(scaled, factors);
      assertNear(scaled, byOperations, tolerance);
    }

    int[] places = IntStream.range(0, 3).map(i -> picked[i]).distinct().toArray();
    INDArray rowsOf = random(type, 5, layout, places.length, in);
    INDArray scattered = empty(type, rows, in);
    Kernel.scatter(rowsOf, places, scattered);
    INDArray gathered = empty(type, places.length, in);
    PLAIN.gather(scattered, places, gathered);
    assertNear(gathered, rowsOf, 0);

    for (DataType other : new DataType[] {FLOAT, DOUBLE}) {
      INDArray copy = layout.lay(Near.random(6, other, rows, in));
      Kernel.copy(source, copy);
      assertNear(copy, source.castTo(other), 0);
      INDArray ofType = empty(other, 3, in);
      Kernel.gather(source, picked, ofType);
      assertNear(ofType, expected.castTo(other), 0);
    }

    byte[] pixels = new byte[rows * in];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 40 < 23 ? 0 : 37 * i); // runs of zeros, as in drawings
    }
    PLAIN.gatherPixels(pixels, picked, expected);
    Kernel.gatherPixels(pixels, picked, found);
    assertNear(found, expected, type == FLOAT ? 1e-7 : 0);

    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = (5 * i) % in;
    }
    PLAIN.gatherOneHot(labels, picked, expected);
    Kernel.gatherOneHot(labels, picked, found);
    assertNear(found, expected, 0);
  }

  @Test
  void manyLabelsAreGathered() {
    int[] labels = IntStream.range(0, 1000).map(i -> i * i % 7).toArray();
    int[] backwards = IntStream.range(0, 1000).map(i -> 999 - i).toArray();
    INDArray expected = empty(FLOAT, 1000, 7);
    INDArray found = empty(FLOAT, 1000, 7);
    PLAIN.gatherOneHot(labels, backwards, expected);
    Kernel.gatherOneHot(labels, backwards, found);
    assertNear(found, expected, 0);
  }

  private static final int MANY = (1 << 19) + 1017;

  @Test
  void anUpdateSeesEachFloatOnce() {
    anUpdateSeesEachElementOnce(
        FLOAT,
        StateVectors.ofFloats(2, MANY + 3),
        StateVectors.ofFloats(2, MANY + 3),
        (gradients, values, states, from, to) -> {
          for (int i = from; i < to; i++) {
            states[0][i] += values[i];
            states[1][i] -= values[i];
            values[i] -= gradients[i];
          }
        });
  }

  @Test
  void anUpdateSeesEachDoubleOnce() {
    anUpdateSeesEachElementOnce(
        DOUBLE,
        StateVectors.ofDoubles(2, MANY + 3),
        StateVectors.ofDoubles(2, MANY + 3),
        (gradients, values, states, from, to) -> {
          for (int i = from; i < to; i++) {
            states[0][i] += values[i];
            states[1][i] -= values[i];
            values[i] -= gradients[i];
          }
        });
  }

  private static <A> void anUpdateSeesEachElementOnce(
      DataType type, StateVectors<A> state, StateVectors<A> copy, StateVectors.Update<A> update) {
    INDArray g = Near.random(1, type, MANY);
    INDArray theta = Near.random(2, type, MANY);
    INDArray expectedTheta = theta.sub(g);
    double[] expectedState = doubles(theta);
    assertThat(StateVectors.takesUpdates(g)).isTrue();
    assertThat(StateVectors.takesUpdates(ArrayLayout.WITH_GAPS.lay(g))).isFalse();
    state.update(g, theta, 3, update);
    assertNear(theta, expectedTheta, 0);
    double[] found = doubles(state.toArray(0));
    assertThat(Arrays.copyOfRange(found, 3, MANY + 3)).isEqualTo(expectedState);
    assertNear(doubles(state.toArray(1).neg()), found, 0);
    assertThat(state.toArray(0).dataType()).isEqualTo(type);
    copy.set(1, state.toArray(0));
    assertThat(doubles(copy.toArray(1))).isEqualTo(found);
    assertThat(doubles(copy.toArray(0))).containsOnly(0);
  }

  @Test
  void theNormOfDoublesNeitherOverflowsNorUnderflows() {
    INDArray x = Near.random(1, DOUBLE, 50);
    double norm = Kernel.norm(x);
    for (double factor : new double[] {0x1p600, 0x1p-600}) {
      assertThat(Kernel.norm(x.mul(factor)) / factor).isCloseTo(norm, within(1e-12));
    }
    assertThat(Kernel.norm(x.mul(0))).isZero();
    assertThat(Kernel.norm(x.putScalar(3, Double.NaN))).isNaN();
  }

  @Test
  void sumsOfLongVectorsAreThoseInDoublePrecision() {
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      for (int length : new int[] {1, 2048, 2049, 100_001}) {
        INDArray x = Near.random(1, type, length);
        double[] exact = doubles(x);
        double squares = Arrays.stream(exact).map(v -> v * v).sum();
        double sizes = Arrays.stream(exact).map(Math::abs).sum();
        double rounding = type == FLOAT ? 1e-7 : 1e-14;
        assertThat(Kernel.sumOfSquares(x)).isCloseTo(squares, within(rounding * squares));
        assertThat(Kernel.sumOfAbs(x)).isCloseTo(sizes, within(rounding * sizes));
        for (INDArray laid : new INDArray[] {x, ArrayLayout.WITH_GAPS.lay(x)}) {
          assertThat(Kernel.isShorter(laid, Math.sqrt(squares) * 1.0001)).isTrue();
          assertThat(Kernel.isShorter(laid, Math.sqrt(squares) * 0.9999)).isFalse();
        }
      }
    }
    INDArray large = Near.random(1, FLOAT, 9).muli(1e30);
    assertThat(Kernel.sumOfSquares(large)).isFinite();
    assertThat(Kernel.isShorter(large, 1e32)).isTrue();
    assertThat(Kernel.isShorter(Near.random(1, FLOAT, 9).muli(1e-30), 1e-30)).isFalse();
    assertThat(Kernel.isShorter(large.putScalar(4, Float.NaN), 1e32)).isFalse();
  }

  @Test
  void workOnRowsIsDoneOnceForEach() {
    for (int rows : new int[] {1, 3, 2000}) {
      AtomicIntegerArray done = new AtomicIntegerArray(rows);
      RowWork.run(rows, 33, (from, to) -> IntStream.range(from, to).forEach(done::incrementAndGet));
      assertThat(IntStream.range(0, rows).map(done::get)).containsOnly(1);
    }
  }

  @Test
  void workThatIsSharedMayShareWork() {
    AtomicIntegerArray done = new AtomicIntegerArray(1 << 16);
    RowWork.run(
        2,
        1 << 15,
        (row, end) ->
            RowWork.run(
                (end - row) << 15,
                1,
                (from, to) ->
                    IntStream.range(from, to).forEach(i -> done.incrementAndGet((row << 15) + i))));
    assertThat(IntStream.range(0, done.length()).map(done::get)).containsOnly(1);
  }

  /**
   * The middle work is done by one thread, as the outer one has the helpers, and goes on after the
   * inner.
   */
  @Test
  void workThatIsSharedGoesOnAfterWorkThatItShared() {
    int many = 1 << 15;
    AtomicIntegerArray done = new AtomicIntegerArray(1);
    RowWork.run(
        2,
        many,
        (outer, outerEnd) ->
            RowWork.run(
                2,
                many,
                (middle, middleEnd) ->
                    RowWork.run(
                        many,
                        1,
                        (from, to) ->
                            done.addAndGet(
                                0, (outerEnd - outer) * (middleEnd - middle) * (to - from)))));
    assertThat(done.get(0)).isEqualTo(4 * many);
  }

  @Test
  void aVectorForParametersIsZeroAndBeginsWithALineOfTheCaches() {
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      for (int length : new int[] {1, 15, 16, 1000}) {
        INDArray vector = AlignedVector.zeros(type, length).vector();
        assertThat(vector.shape()).containsExactly(length);
        assertThat(vector.dataType()).isEqualTo(type);
        assertThat(doubles(vector)).containsOnly(0);
        assertThat(Memory.toNextLine(vector)).isZero();
      }
    }
    assertThat(AlignedVector.zeros(FLOAT, 0).vector().isEmpty()).isTrue();
  }

  @Test
  void manyPixelsAreGatheredByAllCoresWithTheSameResult() {
    int rows = 5000;
    byte[] pixels = new byte[rows * 130];
    new SeededRandom(3).nextBytes(pixels);
    int[] backwards = IntStream.range(0, rows).map(i -> rows - 1 - i).toArray();
    INDArray expected = empty(FLOAT, rows, 130);
    INDArray found = empty(FLOAT, rows, 130);
    PLAIN.gatherPixels(pixels, backwards, expected);
    Kernel.gatherPixels(pixels, backwards, found);
    assertNear(found, expected, 1e-7);
  }

  @Test
  void theFastPathTakesWhatItIsMadeForAndNothingElse() {
    INDArray x = Near.random(1, FLOAT, 4, 3);
    assertThat(Memory.isPlainRow(x)).isTrue();
    assertThat(Memory.isPlainRow(ArrayLayout.RANGE_OF_A_VECTOR.lay(x))).isTrue();
    assertThat(Memory.isPlainRow(Nd4j.create(FLOAT, 9).get(interval(2, 5)))).isTrue();
    assertThat(Memory.isPlainRow(ArrayLayout.COLUMNS.lay(x))).isFalse();
    assertThat(Memory.isPlainRow(ArrayLayout.WITH_GAPS.lay(x))).isFalse();
    assertThat(Memory.isPlainRow(x.transpose())).isFalse();
    assertThat(Memory.isPlainRow(x.castTo(DOUBLE))).isTrue();
    assertThat(Memory.isPlainRow(x.castTo(DataType.INT32))).isFalse();
    assertThat(Kernel.isFast(x, x.castTo(DOUBLE))).isFalse();
    assertThat(Kernel.isFast(x, x, x.castTo(DOUBLE))).isFalse();
    assertThat(Kernel.isFast(x, x, x, x.castTo(DOUBLE))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(ArrayLayout.class)
  void gapsAndOrderAreThoseOfNd4j(ArrayLayout layout) {
    for (INDArray x :
        new INDArray[] {
          Near.random(1, FLOAT, 4, 3), Near.random(1, FLOAT, 1, 3), Near.random(1, FLOAT, 3, 1)
        }) {
      INDArray laid = layout.lay(x);
      assertThat(Memory.isPlainRow(laid))
          .isEqualTo(laid.elementWiseStride() == 1 && laid.ordering() == 'c');
    }
  }

  @Test
  void anArrayIsFiniteAlsoIfSumsOfItsFloatsAreNot() {
    INDArray large = Nd4j.valueArrayOf(new long[] {40_000}, Float.MAX_VALUE, FLOAT);

    assertThat(Kernel.isFinite(large)).isTrue();
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThat(Kernel.isFinite(large.dup().putScalar(39_999, wrong))).isFalse();
      assertThat(Kernel.isFinite(Near.random(1, DOUBLE, 9).putScalar(4, wrong))).isFalse();
    }
  }
}
