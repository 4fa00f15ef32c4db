package org.nn4j.optim;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.RunLength;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.Range;
import org.nn4j.internal.Texts;
import org.nn4j.internal.kernel.StateVectors;
import org.nn4j.optim.schedule.Schedule;

/**
 * Base class of optimizers that apply one rule to each element of the packed parameters.
 *
 * <p>It contains the learning rate, the step count and the state vectors, restores them from a
 * checkpoint, and skips frozen parameters. A subclass is its hyper-parameters, its {@link
 * #settings()} and its {@link #rule}:
 *
 * <pre>{@code
 * final class SignMomentum extends RuleOptimizer {
 *   private final double beta;
 *
 *   SignMomentum(Schedule rate, double beta) {
 *     super("SignMomentum", rate, 1, "momentum");
 *     this.beta = beta;
 *   }
 *
 *   protected UpdateRule rule(double eta, long t) {
 *     return new Rule(beta, eta);
 *   }
 *
 *   public String settings() {
 *     return "SignMomentum(beta " + beta + ")";
 *   }
 *
 *   record Rule(double beta, double eta) implements UpdateRule.WithLoop { ... }
 * }
 * }</pre>
 *
 * <p>A step allocates no array after the first. Not thread-safe.
 */
public abstract class RuleOptimizer implements Optimizer {
  private final String name;
  private final Schedule schedule;
  private final int scratchVectors;
  private final List<String> stateNames;
  private Schedule rate;
  private RuleVectors vectors = RuleVectors.none();
  private List<Range> trained = List.of();
  private List<RuleVectors.Slice> views = List.of();
  private @Nullable ParameterVector owned;
  private @Nullable INDArray values;
  private @Nullable INDArray gradients;
  private boolean closed;
  private long steps;

  /**
   * Creates an optimizer whose state vectors start at zero.
   *
   * @param name the name, which its saved state contains
   * @param rate the learning rate η of each step
   * @param scratchVectors how many vectors for intermediate results the rule needs
   * @param stateNames the names of the state vectors; each has the length of the packed parameters
   */
  protected RuleOptimizer(String name, Schedule rate, int scratchVectors, String... stateNames) {
    this.name = name;
    this.schedule = Require.notNull(rate, name, "rate");
    this.rate = rate;
    this.scratchVectors = scratchVectors;
    this.stateNames = List.of(stateNames);
  }

  /**
   * Returns the rule of one step.
   *
   * @param eta η, the learning rate of the step
   * @param t the number of the step, 1 for the first
   * @return the rule with its coefficients; always of one class
   */
  protected abstract UpdateRule rule(double eta, long t);

  /** Decays weights before the rule is applied. */
  void decay(ParameterVector parameters, double eta) {}

  @Override
  public final void step(ParameterVector parameters) {
    Require.notNull(parameters, this, "parameters");
    double eta = learningRate();
    checkOrAllocate(parameters);
    updateViews(parameters);
    steps++;
    decay(parameters, eta);
    UpdateRule rule = rule(eta, steps);
    for (int i = 0; i < views.size(); i++) {
      vectors.apply(rule, views.get(i));
    }
  }

  /** Creates the views again if the vectors or the trained ranges have changed. */
  private void updateViews(ParameterVector parameters) {
    PackedParameters packed = PackedParameters.of(parameters);
    List<Range> trainable = packed.trained();
    INDArray ofGradients = packed.gradients();
    if (values != parameters.values() || gradients != ofGradients || !trained.equals(trainable)) {
      // Allocate first: a step that fails is repeated as a whole.
      views = trainable.stream().map(range -> vectors.view(range, packed)).toList();
      values = parameters.values();
      gradients = ofGradients;
      trained = trainable;
    }
  }

  private void checkOrAllocate(ParameterVector parameters) {
    if (closed) {
      throw new IllegalStateException(
          Require.message(name, "to be open", "closed", "create an optimizer for each trainer"));
    }
    ParameterVector first = owned;
    if (parameters.equals(first)) {
      return;
    }
    if (first != null && !stateNames.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              name,
              "the parameters of its first step, " + first.length() + " of " + first.dataType(),
              "those of another network, " + parameters.length() + " of " + parameters.dataType(),
              "create an optimizer for each network"));
    }
    take(allocate(parameters), parameters);
  }

  private RuleVectors allocate(ParameterVector parameters) {
    boolean looped =
        !stateNames.isEmpty()
            && StateVectors.takesUpdates(parameters.values())
            && rule(0, 1) instanceof UpdateRule.WithLoop;
    return RuleVectors.allocate(stateNames, scratchVectors, looped, parameters);
  }

  private void take(RuleVectors made, ParameterVector parameters) {
    release();
    owned = parameters;
    vectors = made;
  }

  private void release() {
    vectors.close();
    vectors = RuleVectors.none();
    owned = null;
    views = List.of();
    values = null;
    gradients = null;
  }

  /**
   * Returns the bytes outside the Java heap of the state vectors and the intermediate results.
   *
   * @return 0 before the first step
   */
  @Override
  public final long offHeapBytes() {
    return vectors.offHeapBytes();
  }

  /** Frees the state. Steps throw afterwards. */
  @Override
  public final void close() {
    closed = true;
    release();
  }

  @Override
  public final void plan(RunLength run) {
    rate = schedule.over(Require.notNull(run, this, "run"));
  }

  @Override
  public final double learningRate() {
    double eta = rate.rate(steps);
    if (!(eta >= 0 && Double.isFinite(eta))) {
      throw new IllegalStateException(
          Require.message(
              name,
              "a rate of 0 or more and finite from its schedule at step " + steps,
              String.valueOf(eta),
              "correct the schedule"));
    }
    return eta;
  }

  @Override
  public final OptimizerState state() {
    return new OptimizerState(name, steps, vectors.copies(), rate.state());
  }

  @Override
  public final void restore(OptimizerState state, ParameterVector parameters) {
    Require.notNull(state, name, "state");
    Require.notNull(parameters, name, "parameters");
    check(state, parameters);
    RuleVectors restored = state.vectors().isEmpty() ? RuleVectors.none() : allocate(parameters);
    try {
      state.vectors().forEach(restored::set);
      rate.restore(state.numbers());
    } catch (RuntimeException | Error failure) {
      restored.close();
      throw failure;
    }
    release();
    if (!state.vectors().isEmpty()) {
      take(restored, parameters);
    }
    steps = state.steps();
  }

  private void check(OptimizerState state, ParameterVector parameters) {
    boolean beforeTheFirstStep = state.steps() == 0 && state.vectors().isEmpty();
    boolean sameVectors =
        beforeTheFirstStep || state.vectors().keySet().equals(new HashSet<>(stateNames));
    if (!state.optimizer().equals(name) || !sameVectors) {
      throw new IllegalArgumentException(
          Require.message(
              name,
              "the state of " + name + " with the vectors " + stateNames,
              "that of "
                  + Texts.brief(state.optimizer())
                  + " with the vectors ["
                  + Texts.list(state.vectors().keySet())
                  + "]",
              "use the optimizer that the state is of"));
    }
    state
        .vectors()
        .forEach(
            (vector, numbers) -> {
              if (numbers.rank() != 1
                  || numbers.length() != parameters.length()
                  || numbers.dataType() != parameters.dataType()) {
                throw new ShapeMismatchException(
                    name,
                    "'" + vector + "' [" + parameters.length() + "] of " + parameters.dataType(),
                    Arrays.toString(numbers.shape()) + " of " + numbers.dataType(),
                    "use the network that the state is of");
              }
            });
  }

  /**
   * Returns the learning rate of each step.
   *
   * @return the schedule
   */
  protected final Schedule schedule() {
    return schedule;
  }

  /**
   * Returns the name and the learning rate.
   *
   * @return such as {@code "Adagrad(0.01)"}
   */
  @Override
  public String toString() {
    return name + "(" + schedule + ")";
  }
}
