package org.nn4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.nn4j.activation.Activations.sigmoid;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.check.GradientCheck;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.model.Network;

class WorkloadsTest {
  private static final LabeledImages DIGITS =
      new LabeledImages(
          MadeDigits.dataset(300), MadeDigits.dataset(100), ImageSet.MNIST.classNames());

  @Test
  void networksAreOfTheAgreedSizes() {
    assertThat(Workload.W1.network(1).parameters().length()).isEqualTo(31_810);
    assertThat(Workload.W2.network(1).parameters().length()).isEqualTo(101_770);
    assertThat(Workload.W3.network(1).parameters().length()).isEqualTo(1_863_690);
    assertThat(Workload.W4.network(1).parameters().length()).isEqualTo(101_770);
  }

  @Test
  void aRunTellsTheTimeOfEachEpoch() {
    String json = Workloads.run(Workload.W1, 2, 1, DIGITS).toJson();

    assertThat(json)
        .startsWith("{\"peer\":\"nn4j\",\"workload\":\"W1\",\"epochs\":2,\"train_s\":")
        .containsPattern("\"epoch_s\":\\[\\d+\\.\\d{4},\\d+\\.\\d{4}]")
        .containsPattern(
            "\"version\":\"nn4j \\d.*, ND4J \\d.*, OpenBLAS \\d.*, oneDNN \\d.*, Java \\d.*\"")
        .doesNotContain("infer_b1");
  }

  @Test
  void theFourthAlsoTellsHowFastItAnswers() {
    String json = Workloads.run(Workload.W4, 1, 1, DIGITS).toJson();

    assertThat(json)
        .containsPattern("\"infer_b1_per_s\":[1-9]\\d*,\"infer_b1000_per_s\":[1-9]\\d*}");
  }

  @Test
  void thePartsOfAStepAddUpToTheWhole() {
    String table = StepParts.table(Workload.W1, 2, DIGITS.train());

    double[] micros =
        table
            .lines()
            .skip(2)
            .mapToDouble(row -> Double.parseDouble(row.split("\\|", -1)[2]))
            .toArray();
    assertThat(micros).hasSize(6);
    assertThat(Arrays.stream(micros).limit(5).sum()).isCloseTo(micros[5], Offset.offset(0.5));
  }

  @Test
  void eachOptionIsTrainedWith() {
    assertThat(Options.table(300, 1).lines().skip(2))
        .hasSize(25)
        .allMatch(row -> row.matches("\\| .+ \\| [\\d.]+ \\| [\\d.]+ \\|"));
  }

  @Test
  void bothPrecisionsAreTrained() {
    assertThat(Precisions.table(300, 1).lines().skip(2))
        .hasSize(2)
        .allMatch(row -> row.matches("\\| .+ \\| [\\d.]+ \\| [\\d.]+ \\| [\\d.]+ \\|"));
  }

  @Test
  void eachSizeIsTrained() throws IOException {
    try (SizesPeer none = SizesPeer.none()) {
      assertThat(Sizes.table(List.of(new Sizes.Size(List.of(20, 8), 10)), none, 1).lines().skip(2))
          .singleElement(STRING)
          .matches(
              "\\| 20-8-10 \\| 258 \\| 10 \\| [\\d.]+ \\| NaN \\| NaN \\| [\\d.]+ \\| -?[\\d.]+ \\|");
    }
  }

  @Test
  void eachViewIsTrainedOn() {
    assertThat(Views.table(300, 1).lines().skip(2))
        .hasSize(6)
        .allMatch(row -> row.matches("\\| .+ \\| [\\d.]+ \\|"));
  }

  @Test
  void theLayerInPlainOperationsIsALayer() {
    Network network =
        Network.builder(4)
            .dataType(DataType.DOUBLE)
            .layer(new PlainDense.Spec(3))
            .activation(sigmoid())
            .layer(new PlainDense.Spec(2))
            .build();

    GradientCheck.Result result =
        GradientCheck.check(network, MadeDigits.numbers(5, 4).castTo(DataType.DOUBLE));

    assertThat(result.passed()).as(result.toString()).isTrue();
  }
}
