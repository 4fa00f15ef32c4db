package org.nn4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Base of the examples that have a command line: {@code --help}, and errors in one line. */
public abstract class Example implements Callable<Integer> {
  /** The exit code of success. */
  public static final int OK = CommandLine.ExitCode.OK;

  /** The exit code of a failure. */
  public static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  @Option(
      names = "--help",
      usageHelp = true,
      order = 100, // last
      description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // picocli requires it
  private boolean help;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /**
   * Runs the example.
   *
   * @param out where it prints
   * @return the exit code of the process
   * @throws Exception if it fails; one of input is printed in one line
   */
  protected abstract int run(PrintWriter out) throws Exception;

  @Override
  public final Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try {
      return run(out);
    } finally {
      out.flush();
    }
  }

  /** Prints an error after which the example continues. */
  protected final void printError(Exception error) {
    spec.commandLine().getErr().println(error.getMessage());
  }

  /** Returns a command line that prints errors of input in one line instead of a stack trace. */
  public static CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (problem, failed, parsed) -> {
              if (problem instanceof IOException || problem instanceof IllegalArgumentException) {
                failed.getErr().println(problem.getMessage());
                return FAILED;
              }
              throw problem;
            });
  }

  /** Runs an example as a process: ends it with the exit code if the example fails. */
  protected static void start(Example example, String... args) {
    exit(commandLine(example).execute(args));
  }

  /** Ends the process if an example failed. */
  public static void exit(int exitCode) {
    if (exitCode != OK) {
      System.exit(exitCode);
    }
  }
}
