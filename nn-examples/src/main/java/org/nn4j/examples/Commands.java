package org.nn4j.examples;

import java.io.IOException;
import picocli.CommandLine;

/** Command lines that answer to wrong input with one line instead of a stack trace. */
final class Commands {
  private Commands() {}

  static CommandLine of(Object command) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (problem, failed, parsed) -> {
              if (problem instanceof IOException || problem instanceof IllegalArgumentException) {
                failed.getErr().println(problem.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw problem;
            });
  }

  /** For main methods: the process ends with the exit code of the command if it fails. */
  static void run(Object command, String... args) {
    int exitCode = of(command).execute(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
