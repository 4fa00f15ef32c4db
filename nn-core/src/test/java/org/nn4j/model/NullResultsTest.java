package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.identity;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.BatchSource;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;

/** Functions of the user that return null, nulls inside arguments, and rows that do not fit. */
@SuppressWarnings("NullAway") // null is what is tested
class NullResultsTest {
  private static final Dataset DATA =
      Dataset.of(new double[][] {{0, 1}, {1, 0}}, new double[][] {{1}, {0}});

  @Test
  void functionsThatReturnNullAreNamed() {
    assertThatThrownBy(() -> DATA.mapInputs(x -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage(
            "Dataset.mapInputs: expected an array from the function, found null; return a value"
                + " instead of null");
    assertThatThrownBy(() -> DATA.mapTargets(x -> null))
        .hasMessageStartingWith("Dataset.mapTargets: expected an array from the function,");
    assertThatThrownBy(() -> Network.builder(2).layer((input, type, random) -> null).build())
        .hasMessageContaining(": expected a layer from build, found null; ");
    assertThatThrownBy(
            () -> Network.builder(2).dense(1, identity(), (shape, type, random) -> null).build())
        .hasMessageStartingWith("Dense(1, identity): expected an array from ");
    assertThatThrownBy(() -> Dataset.ofSamples(Collections.<Sample>singletonList(null).iterator()))
        .hasMessageStartingWith("Dataset.ofSamples: expected a sample from the iterator,");
    BatchSource source =
        BatchSource.ofSamples(Shape.of(2), Shape.of(1), 1, DataType.FLOAT, epoch -> null);
    assertThatThrownBy(() -> source.epoch(1))
        .hasMessageStartingWith("BatchSource.ofSamples: expected a stream of samples, found null");
  }

  @Test
  void nullsInsideArgumentsAreCounted() {
    double[][] rows = {{0, 1}, null};
    assertThatThrownBy(() -> Dataset.of(rows, rows))
        .isInstanceOf(NullPointerException.class)
        .hasMessage(
            "Dataset.of: expected argument 'inputs[1]', found null; pass a value for 'inputs[1]'");
    assertThatThrownBy(() -> new NetworkSpec(Shape.of(1), Arrays.asList(null, null)))
        .hasMessageContaining("argument 'layers[0]'");
  }

  @Test
  void rowsThatDoNotFitAreCounted() {
    assertThatThrownBy(() -> Dataset.of(new double[][] {{0, 1}, {1}}, new double[][] {{1}, {0}}))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Dataset: expected 2 inputs in each sample, found 1 in sample 1; give the same");
    assertThatThrownBy(() -> Dataset.of(new double[][] {{}}, new double[][] {{1}}))
        .hasMessageStartingWith("Dataset: expected number of inputs in sample 0 of 1 or more");
    assertThatThrownBy(() -> Dataset.of(new double[0][], new double[0][]))
        .hasMessageStartingWith("Dataset: expected number of samples of 1 or more, found 0; ");
    Network network = Network.builder(2).dense(1).build();
    assertThatThrownBy(() -> network.predict(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith("Network.predict: expected rows of 2 numbers, found 1 in row 1; ");
    assertThatThrownBy(() -> network.predict(new double[0][]))
        .hasMessageStartingWith("Network.predict: expected number of rows of 1 or more, found 0; ");
  }

  @Test
  void rowsOfJavaNumbersArePredictedAsTheirArrayIs() {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      Network network = Network.builder(2, 2).flatten().dense(3).dataType(type).seed(1).build();
      double[][] rows = {{1, 2, 3, 4}, {5, 6, 7, 8}};
      double[][] found = network.predict(rows);
      double[][] expected =
          network
              .predict(
                  org.nd4j.linalg.factory.Nd4j.createFromArray(rows)
                      .castTo(type)
                      .reshape('c', 2, 2, 2))
              .toDoubleMatrix();
      assertThat(found).isDeepEqualTo(expected);
    }
  }
}
