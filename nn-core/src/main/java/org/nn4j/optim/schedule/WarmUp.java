package org.nn4j.optim.schedule;

import java.util.Map;
import java.util.OptionalLong;
import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Learning rate that rises linearly to the first rate of another schedule, which then begins.
 *
 * <pre>
 * η(t) = after(0) (t + 1) / steps     while t &lt; steps
 * η(t) = after(t − steps)             then
 * </pre>
 *
 * <p>Source: Goyal and others 2017, "Accurate, Large Minibatch SGD", section 2.2. As thread-safe as
 * the other schedule.
 *
 * @param length the length of the rise
 * @param after the other schedule; its steps, and the run that its lengths refer to, begin at the
 *     end of the rise
 */
record WarmUp(Span length, Schedule after) implements Schedule {
  private static final String NAME = "WarmUp";

  WarmUp {
    Require.notNull(after, NAME, "after");
    Require.notNull(length, NAME, "length");
  }

  @Override
  public Schedule over(RunLength run) {
    Span rise = length.in(run, NAME);
    OptionalLong rest =
        run.steps().isEmpty()
            ? run.steps()
            : OptionalLong.of(Math.max(1, run.steps().getAsLong() - rise.steps(NAME)));
    return new WarmUp(rise, after.over(new RunLength(run.stepsPerEpoch(), rest)));
  }

  @Override
  public double rate(long step) {
    long steps = length.steps(NAME);
    return step < steps ? after.rate(0) * (step + 1) / steps : after.rate(step - steps);
  }

  @Override
  public Map<String, Double> state() {
    return after.state();
  }

  @Override
  public void restore(Map<String, Double> state) {
    after.restore(state);
  }
}
