package org.nn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.internal.Texts;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/** Whatever a file holds, a message about it can be read by people. */
class LongMessagesTest {
  private static final int MANY = 100_000;
  private static final int READABLE = 12_000;

  @Test
  void listsEndAfterTwentyThingsAndNamesAfterTwoHundredCharacters() {
    assertThat(Texts.list(List.of("a", "b"))).isEqualTo("a, b");
    assertThat(Texts.list(List.of())).isEmpty();
    assertThat(Texts.list(Collections.nCopies(20, "a"), "; ")).doesNotContain("more");
    assertThat(Texts.list(Collections.nCopies(21, "a"))).endsWith("a, a and 1 more");
    assertThat(Texts.list(Collections.nCopies(MANY, "a"))).endsWith("a, a and 99,980 more");
    assertThat(Texts.brief("x".repeat(200))).hasSize(200);
    assertThat(Texts.brief("x".repeat(1234))).isEqualTo("x".repeat(200) + "... (1,234 characters)");
    assertThat(Texts.brief("x".repeat(199) + "\ud83d\ude00"))
        .isEqualTo("x".repeat(199) + "... (201 characters)");
    assertThat(Require.message("y".repeat(MANY), "y".repeat(MANY), "y", "y".repeat(MANY)))
        .hasSizeLessThan(31_000);
  }

  private static void assertReadable(byte[] model, Path folder) throws IOException {
    Path file = Files.write(folder.resolve("model"), model);
    assertThatThrownBy(() -> ModelFiles.load(file))
        .isInstanceOf(ModelFormatException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(READABLE));
  }

  @Test
  void foreignTensors(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x");
    ModelFiles.save(Network.builder(2).dense(2).build(), file);
    Safetensors model = Safetensors.read(file);
    Map<String, INDArray> tensors = new LinkedHashMap<>(model.tensors());
    INDArray empty = Nd4j.create(DataType.FLOAT, 0);
    IntStream.range(0, MANY).forEach(i -> tensors.put("foreign." + i, empty));
    new Safetensors(tensors, model.metadata()).write(file);
    assertThatThrownBy(() -> ModelFiles.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("foreign.19: expected none, found [0] of FLOAT and 99,980 more")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(READABLE));
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      assertThatThrownBy(() -> reader.read("x"))
          .hasMessageContaining("and 99,982 more")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(READABLE));
    }
  }

  @Test
  void longPartsOfAModel(@TempDir Path folder) throws IOException {
    String large = "z".repeat(40_000);
    Path file = folder.resolve("x");
    ModelFiles.save(Network.builder(2).dense(2).build(), file);
    Safetensors model = Safetensors.read(file);
    for (String name : model.metadata().keySet()) {
      for (String value :
          List.of(
              large,
              "{\"type\":\"" + large + "\"}",
              "{\"frozen\":[\"" + large + "\"]}",
              "{\"" + large + "\":1}",
              "{\"type\":\"Network\",\"input\":[2],\"layers\":[{\"type\":\"" + large + "\"}]}")) {
        Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
        metadata.put(name, value);
        if (!name.equals("library_version")) {
          new Safetensors(model.tensors(), metadata).write(file);
          assertReadable(Files.readAllBytes(file), folder);
        }
      }
    }
    for (String header :
        List.of(
            "{\"" + large + "\":7}",
            "{\"x\":{\"" + large + "\":7}}",
            "{\"x\":\"" + large + "\"}",
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":["
                + "7,".repeat(MANY)
                + "7]}}",
            "{\"x\":{\"dtype\":\"" + large + "\",\"shape\":[0],\"data_offsets\":[1,1]}}")) {
      assertReadable(SafetensorsTest.file(header, 0), folder);
    }
  }

  @Test
  void whatNoVersionOfJacksonReadsIsNotWritten(@TempDir Path folder) {
    Path file = folder.resolve("x");
    Safetensors text = new Safetensors(Map.of(), Map.of("a", "b".repeat(5_000_001)));
    assertThatThrownBy(() -> text.write(file))
        .hasMessage(
            "Safetensors: expected a string for 'a' of at most 5000000 characters, found 5000001;"
                + " shorten it");
    Safetensors name = new Safetensors(Map.of(), Map.of("b".repeat(50_001), ""));
    assertThatThrownBy(() -> name.write(file)).isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> Settings.none().with("n".repeat(60_000), 1).toString())
        .hasMessage(
            "Settings: expected a name of at most 50000 characters, found 60000; shorten it");
  }

  @Test
  void columnsOfATable(@TempDir Path folder) throws Exception {
    String names = String.join(",", IntStream.range(0, 10_000).mapToObj(i -> "c" + i).toList());
    Path file = Files.writeString(folder.resolve("x.csv"), names + "\n" + names + "\n");
    assertThatThrownBy(() -> CsvFormat.withHeader().label("none").columnsOf(file))
        .hasMessageContaining(" and 9,980 more")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(READABLE));
    Path pipe = SpecialFiles.pipe(folder);
    assertThatThrownBy(() -> CsvFormat.withHeader().columnsOf(pipe))
        .hasMessageContaining("found a named pipe, a socket or a device");
  }
}
