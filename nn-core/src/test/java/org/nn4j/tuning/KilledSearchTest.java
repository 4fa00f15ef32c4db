package org.nn4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

class KilledSearchTest {
  /** A search that ends its process, as kill -9 does, within an epoch of some trial. */
  static final class Program {
    private Program() {}

    private record Halting(int trial, int step) implements TrainingListener {
      @Override
      public void onBatchEnd(BatchEnd event, Training training) {
        if (event.step() == step) {
          Runtime.getRuntime().halt(137);
        }
      }
    }

    public static void main(String[] args) throws Exception {
      int halts = Integer.parseInt(args[1]);
      int step = Integer.parseInt(args[2]);
      SearchTest.halving()
          .folder(Path.of(args[0]))
          .run(
              trial ->
                  SearchTest.candidate(
                      trial.number() == halts
                          ? SearchTest.trainer(trial).listener(new Halting(halts, step))
                          : SearchTest.trainer(trial)));
    }
  }

  private static int runProgram(Path folder, int trial, int step) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Program.class.getName(),
            folder.toString(),
            Integer.toString(trial),
            Integer.toString(step))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void aKilledSearchContinues(@TempDir Path folder) throws Exception {
    SearchResult unbroken = SearchTest.halving().run(SearchTest::candidate);
    int survivor =
        unbroken.trials().stream()
            .filter(t -> t.epochs() > 1)
            .findFirst()
            .orElseThrow()
            .trial()
            .number();
    assertThat(runProgram(folder, 5, 3)).isEqualTo(137); // within the first epoch of a trial
    assertThat(runProgram(folder, survivor, 17)).isEqualTo(137); // when it continues
    AtomicInteger made = new AtomicInteger();
    SearchResult result =
        SearchTest.halving()
            .folder(folder)
            .run(
                trial -> {
                  made.incrementAndGet();
                  return SearchTest.candidate(trial);
                });
    assertThat(SearchTest.figures(result)).isEqualTo(SearchTest.figures(unbroken));
    assertThat(made.get()).as("the first comparison is complete").isLessThanOrEqualTo(3 + 1 + 1);
    assertThat(Files.readString(folder.resolve("trials.csv")).lines()).hasSize(10);
  }
}
