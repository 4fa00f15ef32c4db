package org.nn4j.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of the primitives with the fast and the plain kernel, in separate processes,
 * and prints both times as a Markdown table.
 */
public final class Kernels {
  private static final String ALL = "(Product|Elementwise|Loss|Gather|Optimizer)Benchmark";

  private Kernels() {}

  /**
   * Runs and prints.
   *
   * @param args regular expressions of the benchmarks, such as {@code Product.*affine$}; all if
   *     there is none
   * @throws RunnerException if JMH cannot run them
   */
  public static void main(String[] args) throws RunnerException {
    String[] patterns = args.length == 0 ? new String[] {ALL} : args;
    Map<String, Double> fast = microseconds("fast", patterns);
    Map<String, Double> plain = microseconds("plain", patterns);
    System.out.println("| primitive | fast µs | plain µs | plain / fast |");
    System.out.println("| --- | ---: | ---: | ---: |");
    fast.forEach(
        (name, time) -> {
          double other = plain.getOrDefault(name, Double.NaN);
          System.out.printf(
              Locale.ROOT, "| %s | %.2f | %.2f | %.1f |%n", name, time, other, other / time);
        });
  }

  /** Returns the time of each benchmark, by its name and size. */
  private static Map<String, Double> microseconds(String kernel, String... patterns)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder().verbosity(VerboseMode.SILENT).jvmArgsAppend("-Dnn4j.kernel=" + kernel);
    for (String pattern : patterns) {
      options.include(pattern);
    }
    Map<String, Double> times = new TreeMap<>();
    for (RunResult result : new Runner(options.build()).run()) {
      times.put(name(result.getParams()), result.getPrimaryResult().getScore());
    }
    return times;
  }

  private static String name(BenchmarkParams params) {
    String path = params.getBenchmark();
    String method = path.substring(path.lastIndexOf('.') + 1);
    return params.getParamsKeys().stream()
        .map(params::getParam)
        .collect(Collectors.joining(" ", method + " ", ""));
  }
}
