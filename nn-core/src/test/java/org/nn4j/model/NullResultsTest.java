package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.identity;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Optimizer;
import org.nn4j.ParameterVector;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Epoch;
import org.nn4j.loss.Losses;
import org.nn4j.metric.NamedMetric;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;

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

  private static BatchSource source(@Nullable Epoch epoch) {
    return new BatchSource() {
      @Override
      public Shape inputShape() {
        return Shape.of(2);
      }

      @Override
      public Shape targetShape() {
        return Shape.of(1);
      }

      @Override
      public Epoch epoch(int number) {
        return epoch;
      }

      @Override
      public String toString() {
        return "my source";
      }
    };
  }

  @Test
  void piecesOfTheUserThatReturnNullAreNamedWhereTheyAreUsed() {
    Network network = Network.builder(2).dense(1).build();
    Trainer trainer =
        Trainer.builder(network)
            .loss(Losses.squaredError())
            .optimizer(Optimizers.sgd(0.1))
            .epochs(1)
            .build();
    Evaluator evaluator = Evaluator.of(network);
    Epoch ofNulls = () -> Collections.<Batch>singletonList(null).iterator();
    assertThatThrownBy(() -> trainer.fit(source(null)))
        .hasMessageStartingWith("my source: expected an epoch from epoch, found null;");
    assertThatThrownBy(() -> evaluator.evaluate(source(null)))
        .hasMessageStartingWith("my source: expected an epoch from evaluation, found null;");
    assertThatThrownBy(() -> trainer.fit(source(ofNulls)))
        .hasMessageStartingWith("Trainer: expected a batch from the source, found null;");
    assertThatThrownBy(() -> evaluator.evaluate(source(ofNulls)))
        .hasMessageStartingWith("my source: expected a batch from the epoch, found null;");
    assertThatThrownBy(() -> evaluator.metrics(new NamedMetric(null)))
        .hasMessageStartingWith("NamedMetric: expected a name from name, found null;");
    assertThatThrownBy(
            () ->
                Trainer.builder(network)
                    .loss(Losses.squaredError())
                    .optimizer(new Untold())
                    .epochs(1)
                    .build()
                    .checkpoint())
        .hasMessageStartingWith("Untold: expected a text from settings, found null;");
  }

  private static final class Untold implements Optimizer {
    @Override
    public void step(ParameterVector parameters) {}

    @Override
    public double learningRate() {
      return 1;
    }

    @Override
    public String settings() {
      return null;
    }

    @Override
    public String toString() {
      return "Untold";
    }
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
            "Dataset: expected 2 inputs in each sample, found 1 in sample 1; pass samples");
    assertThatThrownBy(() -> Dataset.of(new double[][] {{}}, new double[][] {{1}}))
        .hasMessageStartingWith("Dataset: expected a positive number of inputs in sample 0");
    assertThatThrownBy(() -> Dataset.of(new double[0][], new double[0][]))
        .hasMessageStartingWith("Dataset: expected a positive number of samples, found 0; ");
    Network network = Network.builder(2).dense(1).build();
    assertThatThrownBy(() -> network.predict(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith("Network.predict: expected rows of 2 elements, found 1 in row 1; ");
    assertThat(network.predict(new double[0][])).isEmpty();
    double[][] many = new double[1 << 11][];
    Arrays.fill(many, new double[1 << 20]);
    assertThatThrownBy(() -> Network.builder(1 << 20).dense(1).build().predict(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Network.predict: expected rows of at most 2147483647 elements in all, found"
                + " 2147483648; predict fewer rows at a time");
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
