package org.nn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.random;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.SeededRandom;

class SafetensorsFuzzTest {
  private static final int FILES = 100_000;

  private static List<byte[]> seeds() throws IOException {
    Map<String, INDArray> many = new LinkedHashMap<>();
    many.put("layers.0.weight", random(1, FLOAT, 3, 2));
    many.put("layers.0.bias", random(2, FLOAT, 2));
    many.put("optimizer.rate", Nd4j.scalar(DOUBLE, 0.5));
    many.put("none", Nd4j.create(FLOAT, 0));
    byte[] large = SafetensorsTest.bytes(many, Map.of("format", "x", "json", "{\"a\":[1,2]}"));
    return List.of(
        SafetensorsTest.bytes(Map.of(), Map.of()),
        SafetensorsTest.bytes(Map.of("x", random(3, DOUBLE, 2, 2)), Map.of()),
        large,
        Mutation.withoutChecksum(large));
  }

  @Test
  void aDamagedFileIsReadOrRefusedAndNothingElse() throws IOException {
    List<byte[]> seeds = seeds();
    SeededRandom random = new SeededRandom(4);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = Mutation.any(seeds.get(i % seeds.size()), random);
      try {
        Safetensors content = Safetensors.read(SafetensorsReader.of(file, "fuzz"));
        content.tensors().values().forEach(INDArray::close);
      } catch (ModelFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(FILES / 2, FILES - 100);
  }
}
