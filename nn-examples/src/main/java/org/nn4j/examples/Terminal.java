package org.nn4j.examples;

import java.io.Console;
import org.nn4j.train.listener.ProgressBar;

/** What the output goes to. */
final class Terminal {
  private Terminal() {}

  /** A bar in a terminal, lines in a file or a pipe. */
  static ProgressBar progressBar(Appendable out) {
    return isWatched() ? ProgressBar.bar(out) : ProgressBar.lines(out);
  }

  @SuppressWarnings("SystemConsoleNull") // null before Java 22, asked further below since then
  static boolean isWatched() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there is a console even where output goes to a file; only this tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }
}
