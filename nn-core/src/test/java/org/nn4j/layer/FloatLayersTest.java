package org.nn4j.layer;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.random;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;

/**
 * Layers of floats beside layers of doubles, whose equations other tests check, on batches of one
 * row and more, on widths with and without a remainder after a vectorized loop.
 */
class FloatLayersTest {
  private static final long[] ROWS = {1, 2, 10};
  private static final long[] WIDTHS = {1, 2, 3, 4, 5, 7, 8, 37, 784};

  static Stream<LayerSpec> recipes() {
    return LayersTest.recipes();
  }

  /** A layer with random parameters and the batch it is given, in one type. */
  private static final class Side {
    final Layer layer;
    final Pass pass = Pass.training();
    final INDArray y;
    final DataType type;
    final long width;

    Side(LayerSpec spec, DataType type, long rows, long width) {
      this.type = type;
      this.width = width;
      this.layer = spec.build(Shape.of(width), type, new SeededRandom(1));
      long seed = 2;
      for (Parameter parameter : layer.parameters()) {
        if (parameter.role() != Parameter.Role.STATISTIC) {
          parameter.value().assign(numbers(seed++, parameter.value().shape()));
        }
      }
      this.y = layer.forward(numbers(1, rows, width), pass);
    }

    /** Returns numbers that are the same in both types. */
    private INDArray numbers(long seed, long... shape) {
      return random(seed, FLOAT, shape).castTo(type);
    }

    INDArray backward() {
      return layer.backward(numbers(20, y.shape()), pass);
    }

    INDArray predict() {
      return layer.forward(numbers(30, 3, width), Pass.inference());
    }

    void backwardParameters() {
      layer.backwardParameters(numbers(20, y.shape()), pass);
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void floatsGiveTheResultsOfDoubles(LayerSpec spec) {
    for (long rows : ROWS) {
      for (long width : WIDTHS) {
        Side floats = new Side(spec, FLOAT, rows, width);
        Side doubles = new Side(spec, DOUBLE, rows, width);
        double tolerance = tolerance(rows, width);
        assertNear(floats.y, doubles.y, tolerance);
        assertNear(floats.backward(), doubles.backward(), tolerance);
        assertParametersAgree(floats.layer, doubles.layer, tolerance);
        assertNear(floats.predict(), doubles.predict(), tolerance);
      }
    }
  }

  /** Sums of floats would lose the variance of numbers around 1000. */
  @Test
  void rowsFarFromZeroAreNormalized() {
    INDArray far = random(1, 2, 784).addi(1000).castTo(FLOAT);
    Layer floats = Layers.layerNormalization().build(Shape.of(784), FLOAT, new SeededRandom(1));
    Layer doubles = Layers.layerNormalization().build(Shape.of(784), DOUBLE, new SeededRandom(1));
    assertNear(
        floats.forward(far, Pass.training()),
        doubles.forward(far.castTo(DOUBLE), Pass.training()),
        1e-6);
  }

  static Stream<LayerSpec> recipesWithParameters() {
    return Stream.of(Layers.dense(4), Layers.batchNormalization(), Layers.layerNormalization());
  }

  @ParameterizedTest
  @MethodSource("recipesWithParameters")
  void aFirstLayerGetsTheSameGradients(LayerSpec spec) {
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      Side first = new Side(spec, type, 10, 37);
      Side inner = new Side(spec, type, 10, 37);
      first.backwardParameters();
      inner.backward();
      assertParametersAgree(first.layer, inner.layer, 0);
    }
  }

  /** Compares gradients, and the values of running statistics. */
  private static void assertParametersAgree(Layer actual, Layer expected, double tolerance) {
    for (int i = 0; i < expected.parameters().size(); i++) {
      Parameter a = actual.parameters().get(i);
      Parameter e = expected.parameters().get(i);
      boolean isStatistic = e.role() == Parameter.Role.STATISTIC;
      assertNear(
          isStatistic ? a.value() : a.gradient(),
          isStatistic ? e.value() : e.gradient(),
          tolerance);
    }
  }

  /** The root of a small variance of two numbers amplifies rounding errors. */
  private static double tolerance(long rows, long width) {
    return rows == 2 || width == 2 ? 1e-3 : 1e-5;
  }
}
