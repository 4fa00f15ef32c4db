package org.nn4j.persistence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Optimizer;
import org.nn4j.data.batch.Batch;
import org.nn4j.internal.PassMemory;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.loss.Losses;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.optim.Optimizers;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;

class CheckpointTest {
  /** A sum that is no short decimal. */
  private static final Progress PROGRESS =
      new Progress(5, 7, 1L << 40, Math.nextUp(0.1) / 3, 1L << 41);

  /** A run of five lines a step, with dropout, batch normalization and a plateau to remember. */
  private static final class Run {
    final Network network;
    final Objective objective;
    final Optimizer optimizer;
    long steps;

    Run(DataType type, Supplier<Optimizer> optimizer) {
      network =
          Network.builder(5)
              .dense(6, relu())
              .batchNormalization()
              .dropout(0.3)
              .layer(Network.builder(6).dense(4, sigmoid()).dropout(0.2).spec())
              .dense(3, softmax())
              .dataType(type)
              .seed(1)
              .build();
      objective = Objective.of(network, Losses.crossEntropy());
      this.optimizer = optimizer.get();
    }

    void train(int count) {
      for (int i = 0; i < count; i++) {
        INDArray x = random(100 + steps, network.dataType(), 8, 5);
        INDArray y = random(200 + steps, network.dataType(), 8, 3);
        softmax().forward(y, y);
        network.zeroGrad();
        objective.forward(new Batch(x, y));
        objective.backward();
        optimizer.step(network.parameters());
        steps++;
      }
    }

    Checkpoint checkpoint() {
      return Checkpoint.of(
          network, optimizer, new Progress(1, (int) steps, steps, 0.1 * steps, 8 * steps));
    }

    void restore(Checkpoint checkpoint) throws ModelFormatException {
      checkpoint.restore(network, optimizer);
      steps = checkpoint.progress().steps();
    }
  }

  static Stream<Supplier<Optimizer>> optimizers() {
    return Stream.of(
        () -> Optimizers.sgd(0.1),
        () -> Optimizers.momentum(0.1, 0.9),
        () -> Optimizers.nesterov(0.1, 0.9),
        () -> Optimizers.momentum(Schedules.inverseTime(0.5, 0.1, Span.steps(1)), 0.5),
        () -> Optimizers.adagrad(0.1),
        Optimizers::rmsProp,
        Optimizers::adadelta,
        Optimizers::adam,
        () -> Optimizers.adam(Schedules.warmUp(Span.steps(5), Schedules.reduceOnPlateau(0.01))),
        Optimizers::adamW,
        Optimizers::nadam);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aResumedRunEndsWithTheSameBits(Supplier<Optimizer> optimizer, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("run.safetensors");
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      for (int stop : new int[] {0, 1, 7}) {
        Run whole = new Run(type, optimizer);
        whole.train(stop);
        whole.checkpoint().save(file);
        whole.train(5);

        Run resumed = new Run(type, optimizer);
        resumed.train(2);
        resumed.restore(Checkpoint.load(file));
        resumed.train(5);

        assertThat(doubles(resumed.network.parameters().values()))
            .isEqualTo(doubles(whole.network.parameters().values()));
        assertThat(resumed.steps).isEqualTo(whole.steps);
      }
    }
  }

  @Test
  void aPlateauIsPartOfIt(@TempDir Path folder) throws IOException {
    ReduceOnPlateau plateau = Schedules.reduceOnPlateau(0.1, 0.5, 0, 0, 0);
    Run run = new Run(FLOAT, () -> Optimizers.sgd(plateau));
    run.train(1);
    plateau.report(1);
    plateau.report(2);
    run.checkpoint().save(folder.resolve("x"));
    ReduceOnPlateau again = Schedules.reduceOnPlateau(0.1, 0.5, 0, 0, 0);
    new Run(FLOAT, () -> Optimizers.sgd(again)).restore(Checkpoint.load(folder.resolve("x")));
    assertThat(again.rate(0)).isEqualTo(0.05);
    assertThat(again.state()).isEqualTo(plateau.state());
  }

  @Test
  void keepsProgressNotesTensorsFrozenParametersAndInformation(@TempDir Path folder)
      throws IOException {
    Run run = new Run(FLOAT, Optimizers::adam);
    run.network.layers().get(0).freeze(true);
    run.network.setInfo(ModelInfo.none().withClassLabels("a", "b", "c"));
    run.train(3);
    INDArray best = random(9, FLOAT, 2, 2);
    Path file = folder.resolve("x");
    Checkpoint.of(run.network, run.optimizer, PROGRESS)
        .withNote("order", "seed 5")
        .withTensor("best", best)
        .save(file);

    Checkpoint loaded = Checkpoint.load(file);
    assertThat(loaded.progress()).isEqualTo(PROGRESS);
    assertThat(loaded.notes()).isEqualTo(Map.of("order", "seed 5"));
    assertThat(doubles(requireNonNull(loaded.tensors().get("best")))).isEqualTo(doubles(best));
    assertThat(loaded.optimizer().steps()).isEqualTo(3);

    Run other = new Run(FLOAT, Optimizers::adam);
    other.network.layers().get(4).freeze(true);
    other.restore(loaded);
    assertThat(other.network.layers().get(0).parameters()).allMatch(p -> p.isFrozen());
    assertThat(other.network.layers().get(4).parameters()).noneMatch(p -> p.isFrozen());
    assertThat(other.network.info().classLabels()).containsExactly("a", "b", "c");
  }

  @Test
  void itIsAModelFileToo(@TempDir Path folder) throws IOException {
    Run run = new Run(FLOAT, Optimizers::adam);
    run.train(2);
    Path file = folder.resolve("x");
    run.checkpoint().withTensor("layers.0.weight", random(1, FLOAT, 2)).save(file);
    INDArray x = random(1, FLOAT, 4, 5);
    assertThat(doubles(ModelFiles.load(file).predict(x)))
        .isEqualTo(doubles(run.network.predict(x)));

    ModelFiles.save(run.network, file);
    assertThatThrownBy(() -> Checkpoint.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(
            "metadata 'checkpoint': expected that of a checkpoint, found none: the file is a"
                + " model");
  }

  @Test
  void aUsersOwnLayerNeedsNoRegistration(@TempDir Path folder) throws IOException {
    Network network = Pieces.withGain();
    Path file = folder.resolve("x");
    Checkpoint.of(network, Optimizers.adam(), Progress.START).save(file);
    Network other = Pieces.withGain();
    other.parameters().values().assign(0);
    Checkpoint.load(file).restore(other, Optimizers.adam());
    assertThat(doubles(other.parameters().values()))
        .isEqualTo(doubles(network.parameters().values()));
    assertThatThrownBy(() -> ModelFiles.load(file)).isInstanceOf(ModelFormatException.class);

    Checkpoint.of(network, Optimizers.adam(), Progress.START, Pieces.REGISTRY).save(file);
    Checkpoint.load(file).restore(other, Optimizers.adam(), Pieces.REGISTRY);
    assertThat(doubles(ModelFiles.load(file, Pieces.REGISTRY).parameters().values()))
        .isEqualTo(doubles(network.parameters().values()));
  }

  @Test
  void anotherNetworkOrOptimizerIsRefusedAndNothingChanges(@TempDir Path folder)
      throws IOException {
    Run run = new Run(FLOAT, Optimizers::adam);
    run.train(2);
    Checkpoint checkpoint = run.checkpoint();
    Network other =
        Network.builder(5)
            .dense(7, relu())
            .batchNormalization()
            .dropout(0.3)
            .layer(Network.builder(7).dense(4, sigmoid()).dropout(0.2).spec())
            .dense(3, softmax())
            .build();
    assertThatThrownBy(() -> checkpoint.restore(other, Optimizers.adam()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("layers.0.weight: expected [5, 7] of FLOAT, found [5, 6] of FLOAT")
        .hasMessageContaining("layers.3.layers.0.weight: expected [7, 4]");

    Run sameShapes = new Run(FLOAT, Optimizers::nadam);
    double[] before = doubles(sameShapes.network.parameters().values());
    assertThatThrownBy(() -> sameShapes.restore(checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that of Adam");
    assertThat(doubles(sameShapes.network.parameters().values())).isEqualTo(before);
    assertThat(PassMemory.of(sameShapes.network.trainingPass()).states()).isEmpty();
  }

  @Test
  void anotherActivationIsADifference() {
    Network network = Network.builder(2).dense(2, relu()).build();
    Network other = Network.builder(2).dense(2, sigmoid()).build();
    Checkpoint checkpoint = Checkpoint.of(network, Optimizers.sgd(1), Progress.START);
    assertThatThrownBy(() -> checkpoint.restore(other, Optimizers.sgd(1)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("layers.0.activation.type: expected sigmoid, found relu");
  }

  @Test
  void stateThatCannotBeWrittenIsRefused() {
    Network network = Network.builder(2).dense(2, relu()).build();
    Layer first = network.layers().get(0);
    network.trainingPass().state(first, StringBuilder.class, StringBuilder::new);
    assertThatThrownBy(() -> Checkpoint.of(network, Optimizers.sgd(1), Progress.START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("states of a pass that are a SeededRandom");
  }

  @Test
  void aFileCutShortIsNoCheckpointAndTheOneBeforeSurvives(@TempDir Path folder) throws IOException {
    Run run = new Run(FLOAT, Optimizers::adam);
    run.train(1);
    Path file = folder.resolve("x");
    run.checkpoint().save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Checkpoint.load(SafetensorsReader.of(cut, "cut")))
          .isInstanceOf(ModelFormatException.class);
    }
    Path elsewhere = folder.resolve("no such folder").resolve("x");
    assertThatThrownBy(() -> run.checkpoint().save(elsewhere)).isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  /** Without it a bit that flips in the optimizer's state would be trained on. */
  @Test
  void aBitThatFlipsInTheStateIsNoticed(@TempDir Path folder) throws IOException {
    Run run = new Run(FLOAT, Optimizers::adam);
    run.train(1);
    Path file = folder.resolve("x");
    run.checkpoint().save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int place = whole.length - 1; place > whole.length / 2; place -= 41) {
      byte[] flipped = whole.clone();
      flipped[place] ^= 1;
      assertThatThrownBy(() -> Checkpoint.load(SafetensorsReader.of(flipped, "flipped")))
          .isInstanceOf(ModelFormatException.class);
    }
    String text = new String(whole, ISO_8859_1);
    byte[] further = text.replaceFirst("epoch\\\\\":1", "epoch\\\\\":2").getBytes(ISO_8859_1);
    assertThat(further).isNotEqualTo(whole);
    assertThatThrownBy(() -> Checkpoint.load(SafetensorsReader.of(further, "further")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("content: expected CRC-32 ");
  }

  @Test
  void notesThatNoModelFileHoldsAreRefused() {
    Network network = Network.builder(1).dense(1).build();
    Checkpoint checkpoint = Checkpoint.of(network, Optimizers.sgd(0.1), Progress.START);
    assertThatThrownBy(() -> checkpoint.withNote("a", "\"".repeat(2_500_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Checkpoint: expected notes of at most 5000000 characters in a model file, found"
                + " 5000\\d+; shorten them, or put numbers into withTensor\\(\\.\\.\\.\\)");
  }
}
