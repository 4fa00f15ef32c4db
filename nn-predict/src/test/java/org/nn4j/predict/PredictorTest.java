package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.activation.Activations;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/** How a predictor is loaded, called, shared and shipped. */
class PredictorTest {
  private static final float[] INPUT = {0, 1, -2, 3};
  private static final int CALLS = 1000;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void saveModel() throws IOException {
    file = folder.resolve("model.safetensors");
    ModelFiles.save(
        Network.builder(4)
            .dense(9, Activations.tanh())
            .dense(3, Activations.softmax())
            .seed(1)
            .build(),
        file);
  }

  @Test
  void loadsFromAPathAStreamAndBytes() throws IOException {
    float[] expected = Predictor.load(file).predict(INPUT);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Predictor.load(bytes).predict(INPUT)).containsExactly(expected);
    assertThat(Predictor.load(new ByteArrayInputStream(bytes)).predict(INPUT))
        .containsExactly(expected);
  }

  @Test
  void loadsFromAFileSystemOtherThanTheDisk() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("models.zip"), Map.of("create", "true"))) {
      Path copy = Files.copy(file, zip.getPath("model.safetensors"));
      assertThat(Predictor.load(copy).predict(INPUT))
          .containsExactly(Predictor.load(file).predict(INPUT));
    }
  }

  @Test
  void predictsRowsOneByOneTogetherAndIntoABuffer() throws IOException {
    Predictor predictor = Predictor.load(file);
    float[] other = {4, 3, 2, 1};
    float[] first = predictor.predict(INPUT);
    float[] second = predictor.predict(other);
    assertThat(predictor.predict(new float[][] {INPUT, other})).isDeepEqualTo(rows(first, second));
    float[] outputs = new float[7];
    predictor.predict(new float[] {0, 1, -2, 3, 4, 3, 2, 1}, 2, outputs);
    assertThat(outputs)
        .containsExactly(first[0], first[1], first[2], second[0], second[1], second[2], 0);
    assertThat(INPUT).containsExactly(0, 1, -2, 3);
  }

  private static float[][] rows(float[]... rows) {
    return rows;
  }

  @Test
  void nanSpreads() throws IOException {
    assertThat(Predictor.load(file).predict(new float[] {0, Float.NaN, 0, 0}))
        .containsExactly(Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    Predictor predictor = Predictor.load(file);
    assertThatThrownBy(() -> predictor.predict(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Predictor.predict: expected 4 elements, found 3; pass all elements of one sample");
    assertThatThrownBy(() -> predictor.predict(new float[9], 2, new float[6]))
        .hasMessage(
            "Predictor.predict: expected 2 x 4 elements, found 9; pass all elements of each"
                + " sample");
    assertThatThrownBy(() -> predictor.predict(new float[8], 2, new float[5]))
        .hasMessage(
            "Predictor.predict: expected room for 2 x 3 elements, found 5; pass a longer array for"
                + " the outputs");
    assertThatThrownBy(() -> predictor.predict(new float[0], -1, new float[5]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> predictor.predict(new float[0], 1 << 30, new float[5]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> predictor.predict((float[]) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("Predictor.predict: expected an input, found null; pass an array");
    assertThatThrownBy(() -> Predictor.load((Path) null))
        .hasMessage("Predictor.load: expected a file, found null; pass a path");
    assertThatThrownBy(() -> Predictor.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + ": expected a regular file, found a folder; correct the path");
  }

  @Test
  void manyThreadsShareOne() throws Exception {
    Predictor predictor = Predictor.load(file);
    float[] expected = predictor.predict(INPUT);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            () -> {
              int wrong = 0;
              for (int k = 0; k < 2000; k++) {
                wrong += java.util.Arrays.equals(predictor.predict(INPUT), expected) ? 0 : 1;
              }
              return wrong;
            });
      }
      for (Future<Integer> wrong : threads.invokeAll(calls)) {
        assertThat(wrong.get()).isZero();
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Vectors of the Vector API are objects until the JIT compiler has met them. */
  @Test
  void aCallersBufferNeedsNoAllocation() throws IOException {
    Predictor predictor = Predictor.load(file);
    float[] inputs = new float[4 * 20];
    float[] outputs = new float[3 * 20];
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 10_000 && allocated >= CALLS; round++) {
      allocated = allocatedBy(predictor, inputs, outputs);
    }
    assertThat(allocated).as("bytes in %d calls", CALLS).isLessThan(CALLS);
  }

  private static long allocatedBy(Predictor predictor, float[] inputs, float[] outputs) {
    com.sun.management.ThreadMXBean memory =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      predictor.predict(INPUT, 1, outputs);
      predictor.predict(inputs, 20, outputs);
    }
    return memory.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void isShippedAsTheBytesOfItsFile() throws Exception {
    Predictor predictor = Predictor.load(file);
    byte[] shipped = Serialized.write(predictor);
    assertThat(shipped.length).isLessThan((int) Files.size(file) + 300);
    Predictor arrived = (Predictor) Serialized.read(shipped);
    assertThat(arrived.predict(INPUT)).containsExactly(predictor.predict(INPUT));
    shipped[shipped.length - 2] ^= 1; // in the data of the last tensor
    assertThatThrownBy(() -> Serialized.read(shipped))
        .isInstanceOf(java.io.InvalidObjectException.class)
        .hasMessageContaining("content: expected checksum");
  }

  @Test
  void layersOfTheUsersOwnAreRead() throws Exception {
    byte[] bytes =
        Models.withArchitecture(
            Models.network("[4]", "{\"type\":\"my.Gain\",\"factor\":2.5,\"output\":[4]}", "[4]"));
    assertThatThrownBy(() -> Predictor.load(bytes))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file in memory, layers.0.type: expected a type of nn-core, or one of [], found"
                + " my.Gain; pass a LayerReader for 'my.Gain' to load");
    LayerReader gain =
        layer -> {
          float factor = (float) layer.number("factor");
          return (input, output) -> {
            for (int i = 0; i < output.length; i++) {
              output[i] = factor * input[i];
            }
          };
        };
    Predictor predictor = Predictor.load(bytes, Map.of("my.Gain", gain));
    assertThat(predictor.predict(INPUT)).containsExactly(0, 2.5f, -5, 7.5f);
    assertThatThrownBy(() -> Serialized.write(predictor))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> Predictor.load(bytes, Map.of("my.Gain", layer -> null)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected a LayerFunction, found null");
    assertThatThrownBy(
            () ->
                Predictor.load(
                    bytes,
                    Map.of(
                        "my.Gain",
                        layer -> {
                          layer.number("missing");
                          return (x, y) -> {};
                        })))
        .hasMessageContaining("layers.0.missing: expected a finite number, found null");
  }
}
