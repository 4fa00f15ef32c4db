package org.nn4j.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The program {@code sizes_torch.py}, which measures one size after the other. */
final class SizesPeer implements AutoCloseable {
  private final @Nullable Process process;
  private final @Nullable BufferedWriter in;
  private final @Nullable BufferedReader out;

  private SizesPeer(@Nullable Process process) {
    this.process = process;
    this.in = process == null ? null : process.outputWriter(StandardCharsets.UTF_8);
    this.out = process == null ? null : process.inputReader(StandardCharsets.UTF_8);
  }

  /** Returns a peer that measures nothing. */
  static SizesPeer none() {
    return new SizesPeer(null);
  }

  /** Starts a script by the Python of the environment variable {@code PY}. */
  static SizesPeer start(String script) throws IOException {
    String python = Objects.requireNonNullElse(System.getenv("PY"), "python3");
    return new SizesPeer(
        new ProcessBuilder(python, script).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Returns the microseconds of a step, NaN without a peer. */
  double micros(Sizes.Size size, int samples, double seconds) throws IOException {
    if (in == null || out == null) {
      return Double.NaN;
    }
    in.write(size.name() + " " + size.batch() + " " + samples + " " + seconds + "\n");
    in.flush();
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the peer program ended");
    }
    return Double.parseDouble(line);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
