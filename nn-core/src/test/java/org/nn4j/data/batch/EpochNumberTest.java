package org.nn4j.data.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.Sample;

/** Epochs count from 1 in every source; data is measured by evaluation(). */
class EpochNumberTest {
  private static final Dataset DATA =
      Dataset.of(
          new double[][] {{1}, {2}, {3}, {4}, {5}}, new double[][] {{0}, {1}, {0}, {1}, {0}});

  private static Map<String, BatchSource> sources() {
    BatchSource samples =
        BatchSource.ofSamples(
            Shape.of(1),
            Shape.of(1),
            2,
            FLOAT,
            epoch -> List.of(Sample.of(new double[] {epoch}, 0)).stream());
    return Map.of(
        "batches", Batches.shuffled(DATA, 2, FLOAT, 1),
        "augmented", Batches.inOrder(DATA.augment((x, random) -> x[0]++, 1), 2, FLOAT),
        "samples", samples,
        "scaled", samples.normalize(InputScaling.divideBy(2)),
        "shuffled", samples.shuffled(3, 1),
        "streamed",
            BatchSource.of(
                Shape.of(1), Shape.of(1), n -> Batches.inOrder(DATA, 2, FLOAT).evaluation()),
        "scaled stream",
            BatchSource.of(
                    Shape.of(1), Shape.of(1), n -> Batches.inOrder(DATA, 2, FLOAT).evaluation())
                .normalize(InputScaling.divideBy(2)));
  }

  @Test
  void zeroAndLessAreRefused() {
    sources()
        .forEach(
            (name, source) -> {
              for (int number : new int[] {0, -1}) {
                assertThatThrownBy(() -> source.epoch(number))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith(
                        ".epoch: expected an epoch from 1 on, found "
                            + number
                            + "; count epochs from 1; evaluation() returns the samples without"
                            + " augmentation");
              }
              assertThat(source.epoch(1).iterator().hasNext()).as(name).isTrue();
            });
  }

  @Test
  void evaluationIsTheDataInItsOrderWithoutAugmentation() {
    assertThat(inputs("batches")).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(inputs("augmented")).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(inputs("streamed")).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(inputs("scaled stream")).containsExactly(0.5, 1.0, 1.5, 2.0, 2.5);
    assertThat(inputs("samples")).containsExactly(1.0);
    assertThat(inputs("shuffled")).containsExactly(1.0);
    assertThat(inputs("scaled")).containsExactly(0.5);
  }

  private static List<Double> inputs(String source) {
    List<Double> inputs = new ArrayList<>();
    try (Epoch epoch = requireNonNull(sources().get(source)).evaluation()) {
      for (Batch batch : epoch) {
        for (double input : doubles(batch.inputs())) {
          inputs.add(input);
        }
      }
    }
    return inputs;
  }
}
