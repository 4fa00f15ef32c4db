package org.nn4j.examples.cli;

import java.io.Console;
import org.nn4j.train.listener.ProgressBar;

/** Detects whether the output is a terminal. */
public final class Terminal {
  private Terminal() {}

  /** Returns a bar for a terminal, lines for a file or a pipe. */
  public static ProgressBar progressBar(Appendable out) {
    return isWatched() ? ProgressBar.bar(out) : ProgressBar.lines(out);
  }

  @SuppressWarnings("SystemConsoleNull") // null before Java 22; isTerminal since then
  static boolean isWatched() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there is a console even if output goes to a file.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }
}
