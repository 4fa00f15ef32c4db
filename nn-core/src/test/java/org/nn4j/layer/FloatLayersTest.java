package org.nn4j.layer;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.random;

import java.util.stream.Stream;
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
 * row and more and on widths with and without a rest of vectorized loops.
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

    Side(LayerSpec spec, DataType type, long rows, long width) {
      this.type = type;
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
        assertNear(floats.y, doubles.y, tolerance(spec));
        assertNear(floats.backward(), doubles.backward(), tolerance(spec));
        assertGradients(floats.layer, doubles.layer, tolerance(spec));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aFirstLayerGetsTheSameGradients(LayerSpec spec) {
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      Side first = new Side(spec, type, 10, 37);
      Side inner = new Side(spec, type, 10, 37);
      first.backwardParameters();
      inner.backward();
      assertGradients(first.layer, inner.layer, 0);
    }
  }

  private static void assertGradients(Layer actual, Layer expected, double tolerance) {
    for (int i = 0; i < expected.parameters().size(); i++) {
      if (expected.parameters().get(i).role() != Parameter.Role.STATISTIC) {
        assertNear(
            actual.parameters().get(i).gradient(),
            expected.parameters().get(i).gradient(),
            tolerance);
      }
    }
  }

  /** Variances of two numbers may be small beside them, which amplifies roundings. */
  private static double tolerance(LayerSpec spec) {
    return spec.toString().contains("Normalization") ? 1e-3 : 1e-5;
  }
}
