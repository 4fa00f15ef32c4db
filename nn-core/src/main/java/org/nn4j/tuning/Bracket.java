package org.nn4j.tuning;

import java.util.ArrayList;
import java.util.List;

/**
 * Trials that compete with each other.
 *
 * @param trials the trials at the beginning
 * @param epochs after which they are compared, ascending; 0 for the end of each
 * @param factor the share of trials that continue is 1 / factor
 */
record Bracket(List<Trial> trials, List<Integer> epochs, int factor) {
  /** Returns a bracket of successive halving. */
  static Bracket halving(TrialDraw draw, int trials, int fewest, int most, int factor) {
    List<Integer> epochs = new ArrayList<>();
    for (long each = fewest; each < most; each *= factor) {
      epochs.add((int) each);
    }
    epochs.add(most);
    return new Bracket(draw.trials(trials), epochs, factor);
  }

  /** Returns the brackets of Hyperband; {@link Search#hyperband} has the equations. */
  static List<Bracket> hyperband(TrialDraw draw, int most, int factor) {
    List<Long> powers = new ArrayList<>();
    for (long power = 1; power <= most; power *= factor) {
      powers.add(power);
    }
    List<Bracket> brackets = new ArrayList<>();
    for (int s = powers.size() - 1; s >= 0; s--) {
      long power = powers.get(s);
      long trials = (powers.size() * power + s) / (s + 1); // rounded up
      brackets.add(halving(draw, Math.toIntExact(trials), (int) (most / power), most, factor));
    }
    return brackets;
  }
}
