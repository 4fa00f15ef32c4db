package org.nn4j.optim.schedule;

import java.util.Map;
import org.nn4j.Require;

/**
 * A rate that rises in a straight line to the first one of another schedule, which then begins.
 *
 * <pre>
 * η(t) = after(0) (t + 1) / steps     while t &lt; steps
 * η(t) = after(t − steps)             then
 * </pre>
 *
 * <p>Source: Goyal and others 2017, "Accurate, Large Minibatch SGD", section 2.2. As thread-safe as
 * the other schedule.
 *
 * @param steps the length of the rise, 1 or more
 * @param after what follows; its steps are counted from the end of the rise
 */
public record WarmUp(long steps, Schedule after) implements Schedule {
  /**
   * Checks the arguments.
   *
   * @param steps the length of the rise
   * @param after what follows
   * @throws IllegalArgumentException if there is no step
   */
  public WarmUp {
    Require.notNull(after, "WarmUp", "after");
    Schedules.atLeastOne(steps, "WarmUp", Schedules.STEPS);
  }

  @Override
  public double rate(long step) {
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
