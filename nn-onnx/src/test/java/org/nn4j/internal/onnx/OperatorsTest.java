package org.nn4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperatorsTest {
  @Test
  void allOperatorsAreDocumented() throws IOException {
    String page = Files.readString(Path.of("../docs/onnx.md"));
    assertThat(Operators.names()).isNotEmpty().allMatch(page::contains);
  }
}
