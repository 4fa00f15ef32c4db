package org.nn4j.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.SeededRandom;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Mutation;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;

/** Like SafetensorsFuzzTest, for the network that tensors and strings describe. */
class ModelFilesFuzzTest {
  private static final int FILES = 10_000;

  @Test
  void aDamagedModelIsLoadedOrRefusedAndNothingElse(@TempDir Path folder) throws IOException {
    Path model = folder.resolve("model");
    ModelFiles.save(Network.builder(3).dense(2).batchNormalization().dropout(0.5).build(), model);
    Path large = folder.resolve("large");
    ModelFiles.save(Pieces.everyLayer(DOUBLE), large);
    Path checkpoint = folder.resolve("checkpoint");
    Network network = Network.builder(2, 2).flatten().dense(1).build();
    Checkpoint.of(network, Optimizers.momentum(0.1, 0.5), new Progress(2, 0, 2, 0, 0))
        .save(checkpoint);
    List<byte[]> seeds = new ArrayList<>();
    for (Path file : List.of(model, large, checkpoint)) {
      seeds.add(Files.readAllBytes(file));
      seeds.add(Mutation.withoutChecksum(Files.readAllBytes(file)));
    }
    SeededRandom random = new SeededRandom(1);
    int refusedModels = 0;
    int refusedCheckpoints = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = Mutation.any(seeds.get(i % seeds.size()), random);
      try {
        Network loaded = ModelFiles.load(SafetensorsReader.of(file, "x"), ModelRegistry.standard());
        assertThat(loaded.dataType()).isIn(FLOAT, DOUBLE);
      } catch (ModelFormatException e) {
        refusedModels++;
      }
      try {
        Checkpoint.load(SafetensorsReader.of(file, "x"));
      } catch (ModelFormatException e) {
        refusedCheckpoints++;
      }
    }
    assertThat(refusedModels).isBetween(FILES / 2, FILES - FILES / 100);
    assertThat(refusedCheckpoints).isBetween(FILES / 2, FILES - FILES / 100);
  }
}
