package org.nn4j.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ContentChecksumTest {
  private static final Map<String, INDArray> TENSORS = new LinkedHashMap<>();

  static {
    TENSORS.put("w", random(1, FLOAT, 3, 2));
    TENSORS.put("steps", Nd4j.scalar(DOUBLE, 7));
    TENSORS.put("none", Nd4j.create(FLOAT, 0));
  }

  private static Map<String, String> metadata() {
    return Map.of("rate", "0.5");
  }

  private static Safetensors read(byte[] file) throws IOException {
    return Safetensors.read(SafetensorsReader.of(file, "flipped"));
  }

  /**
   * Each bit of a file, header and numbers: the file is refused, or says the same. It can say the
   * same where the name of the checksum is no longer its name.
   */
  @Test
  void aBitThatFlipsIsNoticed() throws IOException {
    byte[] file = SafetensorsTest.bytes(TENSORS, metadata());
    int accepted = 0;
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        Safetensors content = read(flipped);
        accepted++;
        assertThat(content.metadata()).containsAllEntriesOf(metadata());
        assertThat(content.tensors()).containsOnlyKeys(TENSORS.keySet());
        content.tensors().forEach(ContentChecksumTest::assertSame);
      } catch (ModelFormatException e) {
        assertThat(e.file()).isEqualTo("flipped");
      }
    }
    assertThat(accepted).isBetween(1, 8 * ContentChecksum.NAME.length());
  }

  private static void assertSame(String name, INDArray tensor) {
    INDArray expected = requireNonNull(TENSORS.get(name));
    assertThat(tensor.shape()).isEqualTo(expected.shape());
    if (!expected.isEmpty()) {
      assertThat(doubles(tensor)).containsExactly(doubles(expected));
    }
  }

  @Test
  void theMessageSaysWhatToDo() throws IOException {
    byte[] file = SafetensorsTest.bytes(Map.of("x", Nd4j.zeros(FLOAT, 2)), Map.of());
    file[file.length - 1] = 1;
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageMatching(
            "model file flipped, content: expected CRC-32 [0-9a-f]{8} as when it was written, found"
                + " [0-9a-f]{8}; copy it again; if another program changed it on purpose,"
                + " it should omit 'nn4j_crc32'; see docs/troubleshooting.md#model-file");
  }

  /** As a program does that reads a file, sorts its tensors anew and keeps the metadata. */
  @Test
  void itDoesNotDependOnTheOrderOfThingsInTheFile() throws IOException {
    Map<String, INDArray> turned = new LinkedHashMap<>();
    for (String name : new String[] {"none", "w", "steps"}) {
      turned.put(name, requireNonNull(TENSORS.get(name)));
    }
    String checksum =
        SafetensorsReader.of(SafetensorsTest.bytes(TENSORS, metadata()), "x")
            .metadata()
            .get(ContentChecksum.NAME);
    assertThat(SafetensorsReader.of(SafetensorsTest.bytes(turned, metadata()), "x").metadata())
        .containsEntry(ContentChecksum.NAME, checksum);
    String other =
        "{\"x\":{\"shape\":[0],\"dtype\":\"F32\",\"data_offsets\":[0,0]},"
            + "\"__metadata__\":{\"b\":\"2\",\"nn4j_crc32\":\"%s\",\"a\":\"1\"}}";
    byte[] ours =
        SafetensorsTest.bytes(Map.of("x", Nd4j.create(FLOAT, 0)), Map.of("a", "1", "b", "2"));
    String ofOurs = SafetensorsReader.of(ours, "x").metadata().get(ContentChecksum.NAME);
    assertThat(read(SafetensorsTest.file(other.formatted(ofOurs), 0)).metadata())
        .isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void aFileWithoutOneIsRead() throws IOException {
    byte[] file = SafetensorsTest.bytes(TENSORS, metadata());
    byte[] without = Mutation.withoutChecksum(file);
    assertThat(without).hasSameSizeAs(file).isNotEqualTo(file);
    assertThat(read(without).metadata()).isEqualTo(metadata());
  }

  @Test
  void itIsComputedAnewWhenAContentIsWrittenThatHadOne() throws IOException {
    Map<String, String> stale = Map.of(ContentChecksum.NAME, "00000000", "rate", "0.5");
    assertThat(SafetensorsTest.bytes(TENSORS, stale))
        .hasSameSizeAs(SafetensorsTest.bytes(TENSORS, metadata()));
    assertThat(read(SafetensorsTest.bytes(TENSORS, stale)).metadata()).isEqualTo(metadata());
  }
}
