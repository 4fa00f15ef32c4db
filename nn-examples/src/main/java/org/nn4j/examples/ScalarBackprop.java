package org.nn4j.examples;

import java.util.Locale;
import org.nn4j.examples.scalar.Value;

/**
 * Backpropagation on one sample and two parameters, number by number: {@code L = z3²}, {@code z3 =
 * y − z2}, {@code z2 = z1 + b}, {@code z1 = x w}. Expect z3.grad 2.54, z2.grad -2.54, b.grad -2.54,
 * w.grad -5.08, each with its rule, and a loss of 1.6129 that falls to 0.4032 in one step. See
 * docs/backpropagation.svg for the picture, docs/maths.md for the derivation.
 */
public final class ScalarBackprop {
  private static final double RATE = 0.05;

  private ScalarBackprop() {}

  /**
   * Prints one step.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Value x = Value.of(2);
    Value y = Value.of(2.57);
    Value w = Value.of(0.5);
    Value b = Value.of(0.3);

    Value z1 = x.times(w);
    Value z2 = z1.plus(b);
    Value z3 = y.minus(z2);
    Value loss = z3.pow(2);
    print("forward", "");
    print("  z1 = x w    = %.2f", "x = 2, w = 0.5", z1.data());
    print("  z2 = z1 + b = %.2f", "b = 0.3", z2.data());
    print("  z3 = y - z2 = %.2f", "y = 2.57", z3.data());
    print("  L  = z3^2   = %.4f", "", loss.data());

    loss.backward();
    print("backward", "");
    print("  L.grad %.0f", "where it starts: dL/dL", loss.grad());
    print("  z3.grad %.2f", "power rule: L = z3^2, so times 2 z3", z3.grad());
    print("  z2.grad %.2f", "difference: z3 falls as z2 rises, so times -1", z2.grad());
    print("  z1.grad %.2f", "sum: handed on unchanged", z1.grad());
    print("  b.grad %.2f", "sum: handed on unchanged", b.grad());
    print("  w.grad %.2f", "product: times the other factor, x = 2", w.grad());

    w.descend(RATE);
    b.descend(RATE);
    Value after = y.minus(x.times(w).plus(b)).pow(2);
    print("update, against the gradient at rate 0.05", "");
    print("  w = %.3f", "w - 0.05 w.grad", w.data());
    print("  b = %.3f", "b - 0.05 b.grad", b.data());
    print("  L = %.4f", String.format(Locale.ROOT, "smaller than %.4f", loss.data()), after.data());
  }

  private static void print(String format, String reason, Object... numbers) {
    String line = String.format(Locale.ROOT, format, numbers);
    System.out.println(
        reason.isEmpty() ? line : String.format(Locale.ROOT, "%-24s (%s)", line, reason));
  }
}
