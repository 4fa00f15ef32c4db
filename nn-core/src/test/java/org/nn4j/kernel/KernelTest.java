package org.nn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.SeededRandom;

/** Holds the fast primitives to the plain ones, over shapes, views and orders. */
class KernelTest {
  private static final double TOLERANCE = 2e-5;

  /** The ways an array may lie in memory. */
  private enum Layout {
    ROWS {
      @Override
      INDArray lay(INDArray x) {
        return x.dup('c');
      }
    },
    STRETCH_OF_A_VECTOR {
      @Override
      INDArray lay(INDArray x) {
        INDArray vector = Nd4j.create(x.dataType(), x.length() + 13);
        return vector.get(interval(7, 7 + x.length())).reshape('c', x.shape()).assign(x);
      }
    },
    COLUMNS {
      @Override
      INDArray lay(INDArray x) {
        return x.dup('f');
      }
    },
    WITH_GAPS {
      @Override
      INDArray lay(INDArray x) {
        if (x.rank() == 1) {
          INDArray wide = Nd4j.create(x.dataType(), x.length(), 2);
          return wide.getColumn(1).assign(x);
        }
        INDArray wide = Nd4j.create(x.dataType(), x.size(0), x.size(1) + 3);
        return wide.get(all(), interval(1, 1 + x.size(1))).assign(x);
      }
    };

    abstract INDArray lay(INDArray x);
  }

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
        .flatMap(s -> Arrays.stream(Layout.values()).map(l -> Arguments.of(s[0], s[1], s[2], l)));
  }

  private static INDArray random(long seed, Layout layout, long... shape) {
    return layout.lay(Near.random(seed, FLOAT, shape));
  }

  private static INDArray empty(long... shape) {
    return Nd4j.create(FLOAT, shape, 'c');
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productsAgree(int rows, int in, int out, Layout layout) {
    INDArray x = random(1, layout, rows, in);
    INDArray w = random(2, layout, in, out);
    INDArray b = random(3, layout, out);
    INDArray dZ = random(4, layout, rows, out);

    INDArray expected = empty(rows, out);
    INDArray found = Near.random(9, FLOAT, rows, out);
    PlainKernel.affine(x, w, b, expected);
    Kernel.affine(x, w, b, found);
    assertNear(found, expected, TOLERANCE);

    expected = empty(rows, in);
    found = Near.random(9, FLOAT, rows, in);
    PlainKernel.affineInputGradient(dZ, w, expected);
    Kernel.affineInputGradient(dZ, w, found);
    assertNear(found, expected, TOLERANCE);

    for (boolean isZero : new boolean[] {false, true}) {
      expected = random(5, layout, in, out);
      found = random(5, layout, in, out);
      PlainKernel.addWeightGradient(x, dZ, expected, isZero);
      Kernel.addWeightGradient(x, dZ, found, isZero);
      assertNear(found, expected, TOLERANCE);
    }

    expected = random(6, layout, out);
    found = random(6, layout, out);
    PlainKernel.addBiasGradient(dZ, expected);
    Kernel.addBiasGradient(dZ, found);
    assertNear(found, expected, TOLERANCE);
  }

  private interface Forward {
    void apply(INDArray z, INDArray a);
  }

  private interface Backward {
    void apply(INDArray dA, INDArray a, INDArray dZ);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void activationsAgree(int rows, int in, int out, Layout layout) {
    INDArray z = random(1, layout, rows, out).muli(3);
    INDArray dA = random(2, layout, rows, out);
    agree(
        z,
        dA,
        Kernel::sigmoid,
        PlainKernel::sigmoid,
        Kernel::sigmoidGradient,
        PlainKernel::sigmoidGradient);
    agree(z, dA, Kernel::tanh, PlainKernel::tanh, Kernel::tanhGradient, PlainKernel::tanhGradient);
    agree(z, dA, Kernel::relu, PlainKernel::relu, Kernel::reluGradient, PlainKernel::reluGradient);
    agree(
        z,
        dA,
        Kernel::softmax,
        PlainKernel::softmax,
        Kernel::softmaxGradient,
        PlainKernel::softmaxGradient);
  }

  private static void agree(
      INDArray z, INDArray dA, Forward fast, Forward plain, Backward fastBack, Backward plainBack) {
    INDArray expected = empty(z.shape());
    INDArray found = empty(z.shape());
    plain.apply(z, expected);
    fast.apply(z, found);
    assertNear(found, expected, TOLERANCE);

    INDArray expectedGradient = empty(z.shape());
    INDArray foundGradient = empty(z.shape());
    plainBack.apply(dA, expected, expectedGradient);
    fastBack.apply(dA, expected, foundGradient);
    assertNear(foundGradient, expectedGradient, TOLERANCE);

    INDArray inPlace = z.dup('c');
    fast.apply(inPlace, inPlace);
    assertNear(inPlace, expected, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void lossesAgree(int rows, int in, int out, Layout layout) {
    INDArray a = random(1, layout, rows, out);
    INDArray y = random(2, layout, rows, out);
    INDArray expected = empty(rows);
    INDArray found = empty(rows);
    INDArray expectedGradient = empty(rows, out);
    INDArray foundGradient = empty(rows, out);
    PlainKernel.squaredError(a, y, 0.5, expected, expectedGradient);
    Kernel.squaredError(a, y, 0.5, found, foundGradient);
    assertNear(found, expected, TOLERANCE);
    assertNear(foundGradient, expectedGradient, TOLERANCE);

    INDArray soft = y.mul(y);
    PlainKernel.softmaxCrossEntropy(a, soft, expected, expectedGradient);
    Kernel.softmaxCrossEntropy(a, soft, found, foundGradient);
    assertNear(found, expected, TOLERANCE);
    assertNear(foundGradient, expectedGradient, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void vectorsAndGatheringAgree(int rows, int in, int out, Layout layout) {
    INDArray x = random(1, layout, in);
    INDArray expected = random(2, layout, in);
    INDArray found = random(2, layout, in);
    PlainKernel.axpy(-0.7, x, expected);
    Kernel.axpy(-0.7, x, found);
    assertNear(found, expected, TOLERANCE);
    assertThat(Kernel.sum(x))
        .isCloseTo(PlainKernel.sum(x), org.assertj.core.data.Offset.offset(1e-4));
    INDArray y = random(4, layout, in);
    PlainKernel.multiply(x, y, expected);
    Kernel.multiply(x, y, found);
    assertNear(found, expected, TOLERANCE);
    Kernel.clear(found);
    assertThat(doubles(found)).containsOnly(0);

    INDArray source = random(3, layout, rows, in);
    int[] picked = {rows - 1, 0, rows / 2};
    expected = empty(3, in);
    found = empty(3, in);
    PlainKernel.gather(source, picked, expected);
    Kernel.gather(source, picked, found);
    assertNear(found, expected, 0);

    byte[] pixels = new byte[rows * in];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 40 < 23 ? 0 : 37 * i); // runs of zeros, as in drawings
    }
    PlainKernel.gatherPixels(pixels, picked, expected);
    Kernel.gatherPixels(pixels, picked, found);
    assertNear(found, expected, 1e-7);

    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = (5 * i) % in;
    }
    PlainKernel.gatherOneHot(labels, picked, expected);
    Kernel.gatherOneHot(labels, picked, found);
    assertNear(found, expected, 0);
  }

  @Test
  void anUpdateSeesEachNumberOnce() {
    int many = (1 << 19) + 1017;
    INDArray g = Near.random(1, FLOAT, many);
    INDArray theta = Near.random(2, FLOAT, many);
    StateVector state = new StateVector(many + 3);
    INDArray expectedTheta = theta.sub(g);
    double[] expectedState = doubles(theta);
    assertThat(Kernel.takesUpdates(g)).isTrue();
    assertThat(Kernel.takesUpdates(g.castTo(DOUBLE))).isFalse();
    Kernel.update(
        g,
        theta,
        new StateVector[] {state},
        3,
        (gradients, values, states, from, to) -> {
          for (int i = from; i < to; i++) {
            states[0][i] += values[i];
            values[i] -= gradients[i];
          }
        });
    assertNear(theta, expectedTheta, 0);
    double[] found = doubles(state.toArray());
    assertThat(Arrays.copyOfRange(found, 3, many + 3)).isEqualTo(expectedState);
    StateVector copy = new StateVector(many + 3);
    copy.set(state.toArray());
    assertThat(doubles(copy.toArray())).isEqualTo(found);
  }

  @Test
  void workOnRowsIsDoneOnceForEach() {
    for (int rows : new int[] {1, 3, 2000}) {
      AtomicIntegerArray done = new AtomicIntegerArray(rows);
      Kernel.forRows(
          rows, 33, (from, to) -> IntStream.range(from, to).forEach(done::incrementAndGet));
      assertThat(IntStream.range(0, rows).map(done::get)).containsOnly(1);
    }
  }

  @Test
  void workThatIsSharedMayShareWork() {
    AtomicIntegerArray done = new AtomicIntegerArray(1 << 16);
    Kernel.forRows(
        2,
        1 << 15,
        (row, end) ->
            Kernel.forRows(
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
    Kernel.forRows(
        2,
        many,
        (outer, outerEnd) ->
            Kernel.forRows(
                2,
                many,
                (middle, middleEnd) ->
                    Kernel.forRows(
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
        INDArray vector = Kernel.vector(type, length).vector();
        assertThat(vector.shape()).containsExactly(length);
        assertThat(vector.dataType()).isEqualTo(type);
        assertThat(doubles(vector)).containsOnly(0);
        assertThat(Memory.toNextLine(vector)).isZero();
      }
    }
    assertThat(Kernel.vector(FLOAT, 0).vector().isEmpty()).isTrue();
  }

  @Test
  void largeArraysAreSharedAmongCoresWithTheSameResult() {
    int rows = 5000;
    INDArray z = Near.random(1, FLOAT, rows, 130);
    INDArray dA = Near.random(2, FLOAT, rows, 130);
    agree(z, dA, Kernel::relu, PlainKernel::relu, Kernel::reluGradient, PlainKernel::reluGradient);
    agree(
        z,
        dA,
        Kernel::softmax,
        PlainKernel::softmax,
        Kernel::softmaxGradient,
        PlainKernel::softmaxGradient);
    byte[] pixels = new byte[rows * 130];
    new SeededRandom(3).nextBytes(pixels);
    int[] backwards = IntStream.range(0, rows).map(i -> rows - 1 - i).toArray();
    INDArray expected = empty(rows, 130);
    INDArray found = empty(rows, 130);
    PlainKernel.gatherPixels(pixels, backwards, expected);
    Kernel.gatherPixels(pixels, backwards, found);
    assertNear(found, expected, 1e-7);
  }

  @Test
  void theFastPathTakesWhatItIsMadeForAndNothingElse() {
    INDArray x = Near.random(1, FLOAT, 4, 3);
    assertThat(Memory.isPlainRow(x)).isTrue();
    assertThat(Memory.isPlainRow(Layout.STRETCH_OF_A_VECTOR.lay(x))).isTrue();
    assertThat(Memory.isPlainRow(Nd4j.create(FLOAT, 9).get(interval(2, 5)))).isTrue();
    assertThat(Memory.isPlainRow(Layout.COLUMNS.lay(x))).isFalse();
    assertThat(Memory.isPlainRow(Layout.WITH_GAPS.lay(x))).isFalse();
    assertThat(Memory.isPlainRow(x.transpose())).isFalse();
    assertThat(Memory.isPlainRow(x.castTo(DOUBLE))).isFalse();
  }

  @Test
  void largeArraysTakeTheVectorisedOperationsWithTheSameResult() {
    INDArray z = Near.random(1, FLOAT, 1 << 15, 50);
    INDArray large = empty(1 << 15, 50);
    Kernel.sigmoid(z, large);
    INDArray rows = empty(2, 50);
    Kernel.sigmoid(z.get(interval(0, 2), all()), rows);
    assertNear(large.get(interval(0, 2), all()), rows, 1e-6);
  }
}
