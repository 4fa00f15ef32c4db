package org.nn4j.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nn4j.SeededRandom;

/** Draws trials, numbered from 1 over all brackets. */
final class TrialDraw {
  private final List<Hyperparameter<?>> space;
  private final long seed;
  private int drawn;

  TrialDraw(List<Hyperparameter<?>> space, long seed) {
    this.space = space;
    this.seed = seed;
  }

  private Trial empty() {
    drawn++;
    return new Trial(drawn, SeededRandom.stream(seed, -drawn).nextLong(), Map.of());
  }

  List<Trial> trials(int count) {
    return IntStream.range(0, count).mapToObj(i -> random()).toList();
  }

  private Trial random() {
    Trial trial = empty();
    SeededRandom random = SeededRandom.stream(seed, drawn);
    for (Hyperparameter<?> each : space) {
      double position =
          random.nextDouble(); // drawn even if unused, so other values do not depend on it
      if (each.isIn(trial)) {
        trial = trial.with(each, each.at(position));
      }
    }
    return trial;
  }

  List<Trial> grid(int points) {
    List<Trial> all = List.of(new Trial(0, 0, Map.of()));
    for (Hyperparameter<?> each : space) {
      List<Trial> more = new ArrayList<>();
      for (Trial trial : all) {
        if (each.isIn(trial)) {
          each.grid(points).forEach(value -> more.add(trial.with(each, value)));
        } else {
          more.add(trial);
        }
      }
      all = more;
    }
    return all.stream()
        .map(
            trial -> {
              Trial numbered = empty();
              return trial.numbered(numbered.number(), numbered.seed());
            })
        .toList();
  }
}
