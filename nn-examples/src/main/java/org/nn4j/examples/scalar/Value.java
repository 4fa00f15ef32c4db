package org.nn4j.examples.scalar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Number with references to its operands, so that derivatives can be computed backward.
 *
 * <pre>
 * forward    v = f(u₁, u₂)               each operation notes ∂v/∂u₁ and ∂v/∂u₂
 * backward   ∂L/∂u = Σ ∂L/∂v ∂v/∂u       the chain rule, over all v computed from u
 * </pre>
 *
 * <p>{@code ∂L/∂v} must be complete before it is propagated to {@code u}. A value is always deeper
 * than those it was computed from, so {@link #backward()} goes from the deepest to the shallowest.
 * After Andrej Karpathy's micrograd. Not thread-safe.
 */
public final class Value {
  /** One step of the chain rule: an input of an operation and {@code ∂output/∂input}. */
  private record Step(Value input, double derivative) {}

  private double data;
  private double grad;
  private final List<Step> steps;
  private final int depth;

  private Value(double data, List<Step> steps) {
    this.data = data;
    this.steps = steps;
    this.depth = 1 + steps.stream().mapToInt(step -> step.input.depth).max().orElse(-1);
  }

  /**
   * Returns a leaf: an input or a parameter.
   *
   * @param data the number
   * @return a new value with a gradient of 0
   */
  public static Value of(double data) {
    return new Value(data, List.of());
  }

  /**
   * Returns the sum.
   *
   * @param that the second summand
   * @return {@code u + v}
   */
  public Value plus(Value that) {
    return result(data + that.data, new Step(this, 1), new Step(that, 1));
  }

  /**
   * Returns the difference.
   *
   * @param that the subtrahend
   * @return {@code u − v}
   */
  public Value minus(Value that) {
    return result(data - that.data, new Step(this, 1), new Step(that, -1));
  }

  /**
   * Returns the product: the derivative by one factor is the other.
   *
   * @param that the second factor
   * @return {@code u v}
   */
  public Value times(Value that) {
    return result(data * that.data, new Step(this, that.data), new Step(that, data));
  }

  /**
   * Returns the quotient.
   *
   * @param that the divisor
   * @return {@code u / v}; the derivatives are {@code 1 / v} and {@code −u / v²}
   */
  public Value dividedBy(Value that) {
    double quotient = data / that.data;
    return result(quotient, new Step(this, 1 / that.data), new Step(that, -quotient / that.data));
  }

  /**
   * Returns a power.
   *
   * @param exponent a constant
   * @return {@code uⁿ}; the derivative is {@code n uⁿ⁻¹}
   */
  public Value pow(double exponent) {
    return result(
        Math.pow(data, exponent), new Step(this, exponent * Math.pow(data, exponent - 1)));
  }

  /**
   * Returns the exponential, its own derivative.
   *
   * @return {@code e^u}
   */
  public Value exp() {
    double e = Math.exp(data);
    return result(e, new Step(this, e));
  }

  /**
   * Returns the hyperbolic tangent.
   *
   * @return {@code tanh u}; the derivative is {@code 1 − tanh² u}
   */
  public Value tanh() {
    double t = Math.tanh(data);
    return result(t, new Step(this, 1 - t * t));
  }

  /**
   * Returns the rectified linear unit.
   *
   * @return {@code max(u, 0)}; the derivative is 1 above 0, else 0
   */
  public Value relu() {
    return result(Math.max(data, 0), new Step(this, data > 0 ? 1 : 0));
  }

  private static Value result(double data, Step... steps) {
    return new Value(data, List.of(steps));
  }

  /**
   * Computes the derivative of this value by every value it was computed from.
   *
   * <p>Leaves add it to their gradient, like the parameters of the library; all others store it.
   */
  public void backward() {
    List<Value> deepestFirst = deepestFirst();
    for (Value v : deepestFirst) {
      if (!v.steps.isEmpty()) {
        v.grad = 0;
      }
    }
    grad += 1;
    for (Value v : deepestFirst) {
      for (Step step : v.steps) {
        step.input.grad += v.grad * step.derivative;
      }
    }
  }

  /** Returns this value and all values it was computed from, each before its operands. */
  private List<Value> deepestFirst() {
    List<Value> order = new ArrayList<>();
    Set<Value> seen = new HashSet<>(Set.of(this));
    PriorityQueue<Value> next =
        new PriorityQueue<>(Comparator.comparingInt((Value v) -> v.depth).reversed());
    next.add(this);
    while (!next.isEmpty()) {
      Value v = next.remove();
      order.add(v);
      for (Step step : v.steps) {
        if (seen.add(step.input)) {
          next.add(step.input);
        }
      }
    }
    return order;
  }

  /**
   * Returns the number.
   *
   * @return the number
   */
  public double data() {
    return data;
  }

  /**
   * Returns the derivative of the value whose {@link #backward()} was called by this one.
   *
   * @return {@code ∂L/∂u}, 0 before
   */
  public double grad() {
    return grad;
  }

  /** Sets the gradient to 0. */
  public void zeroGrad() {
    grad = 0;
  }

  /**
   * Takes a step of gradient descent, {@code u ← u − η ∂L/∂u}; for leaves.
   *
   * @param learningRate η
   * @throws IllegalStateException if this value was computed from others
   */
  public void descend(double learningRate) {
    if (!steps.isEmpty()) {
      throw new IllegalStateException(
          this + ": expected a leaf, found a computed value; step the values it comes from");
    }
    data -= learningRate * grad;
  }

  @Override
  public String toString() {
    return "Value(data " + data + ", grad " + grad + ")";
  }
}
