package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;

class HundredBatchesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Example.commandLine(new HundredBatches());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  @Test
  void trainsForAHundredBatchesAndReadsItsPicture() {
    assertThat(run("--data", "generated")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).filteredOn(line -> line.startsWith("batch")).hasSize(10);
    assertThat(lines.get(lines.size() - 2))
        .matches("test accuracy on generated digits: 7\\d\\.\\d\\d %");
    assertThat(lines.get(lines.size() - 1)).startsWith("three.png: a 3, probability 0.");
  }

  @Test
  void saysInOneLineThatAPictureIsNotThere(@TempDir Path directory) {
    Path picture = directory.resolve("none.png");
    assertThat(run("--data", "generated", picture.toString())).isNotZero();
    assertThat(err.toString().lines()).singleElement().asString().contains(picture.toString());
  }
}
