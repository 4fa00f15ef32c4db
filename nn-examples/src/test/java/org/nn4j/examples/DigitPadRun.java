package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.nn4j.examples.cli.Example;

/** {@link DigitPad} in a thread of its own, up to the line with its address. */
final class DigitPadRun implements AutoCloseable {
  /** For all that is printed before it is read. */
  private static final int ROOM = 1 << 20;

  private final BufferedReader out;
  private final Thread thread;
  private final List<String> lines = new ArrayList<>();

  /** Starts the program and waits until it prints a line with this start, or fails. */
  DigitPadRun(String start, String... args) throws IOException {
    PipedWriter written = new PipedWriter();
    out = new BufferedReader(new PipedReader(written, ROOM));
    thread =
        new Thread(
            () -> {
              try (PrintWriter all = new PrintWriter(written)) {
                Example.commandLine(new DigitPad()).setOut(all).setErr(all).execute(args);
              }
            });
    thread.start();
    readUntil(start);
  }

  private void readUntil(String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.startsWith(start)) {
        break;
      }
    }
  }

  /** Returns what was printed. */
  List<String> lines() {
    return lines;
  }

  URI uri() {
    String last = lines.get(lines.size() - 1);
    assertThat(last).startsWith("open http://127.0.0.1:");
    return URI.create(last.split(" ", -1)[1]);
  }

  /** Stops the program as Ctrl-C does, and reads what it prints to its end. */
  @Override
  public void close() {
    thread.interrupt();
    out.lines().forEach(lines::add);
  }
}
