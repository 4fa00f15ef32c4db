package org.nn4j.examples;

import java.io.Console;

/** Tells whether somebody watches the output, so that a progress bar is drawn for him alone. */
final class Terminal {
  private Terminal() {}

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
