package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class XorTest {
  private static final Path ROOT = Path.of("..");

  private static String mainOf(String program) {
    return program.substring(program.indexOf("  public static void main"));
  }

  @Test
  void isTheProgramOfTheReadmeAndPrintsWhatItSays() throws IOException {
    String source =
        Files.readString(ROOT.resolve("nn-examples/src/main/java/org/nn4j/examples/Xor.java"));
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme).contains(mainOf(source) + "```");
    assertThat(readme)
        .contains("```\n" + Captured.output(() -> Xor.main(new String[0])).strip() + "\n```");
  }
}
