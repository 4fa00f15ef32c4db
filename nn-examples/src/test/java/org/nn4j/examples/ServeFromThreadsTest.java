package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServeFromThreadsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Example.commandLine(new ServeFromThreads());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  @Test
  void theAnswersOfManyThreadsAreThoseOfOne() {
    assertThat(run("--threads", "1,5", "--answers", "5000")).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(": [\\d,]+ answers/s", "")))
        .containsExactly(
            "1 threads, 0 of 5,000 differ from those of one thread",
            "5 threads, 0 of 5,000 differ from those of one thread");
  }

  @Test
  void badArgumentsCostALine() {
    assertThat(run("--threads", "0")).isNotZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .isEqualTo(
            "ServeFromThreads: expected threads of 1 or more, found 0; pass threads of 1 or more");
  }
}
