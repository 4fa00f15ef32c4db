package org.nn4j.internal.onnx;

import java.util.List;
import org.nn4j.activation.Activations;
import org.nn4j.io.ModelFormatException;

/** Import of activations and normalizations that exporters write in several nodes. */
final class Patterns {
  private static final double TOLERANCE = 1e-5;

  private Patterns() {}

  /**
   * Reads the nodes that share the current value.
   *
   * @return the value after them; empty if they are no known pattern
   */
  static String read(List<GraphNode> users, Walk walk) throws ModelFormatException {
    if (users.size() != 2 || walk.value().equals(walk.graph().output())) {
      return "";
    }
    Matcher matcher = Matcher.of(walk);
    String end = silu(users, matcher);
    if (end.isEmpty()) {
      end = gelu(users, matcher);
      if (end.isEmpty()) {
        return rowwise(users, matcher, walk);
      }
      walk.draft().activate(Activations.gelu(), false);
    } else {
      walk.draft().activate(Activations.silu(), false);
    }
    return end;
  }

  /** {@code x · sigmoid(x)}. */
  private static String silu(List<GraphNode> users, Matcher matcher) {
    GraphNode sigmoid = Matcher.one(users, "Sigmoid");
    GraphNode product = Matcher.one(users, "Mul");
    return sigmoid != null && product != null && Matcher.uses(product, sigmoid, matcher.value())
        ? product.output()
        : "";
  }

  /** {@code x (1 + erf(x / √2)) / 2}, the factors in any order. */
  private static String gelu(List<GraphNode> users, Matcher matcher) throws ModelFormatException {
    for (GraphNode scaled : users) {
      double factor = matcher.factor(scaled, matcher.value());
      GraphNode erf = matcher.next(scaled);
      GraphNode sum = erf != null && erf.is("Erf") ? matcher.next(erf) : null;
      if (Math.abs(factor - Math.sqrt(0.5)) < TOLERANCE
          && erf != null
          && sum != null
          && matcher.isSum(sum, erf, 1)) {
        return matcher.productWithHalf(sum);
      }
    }
    return "";
  }

  /** Layer normalization or softmax along the last axis. */
  private static String rowwise(List<GraphNode> users, Matcher matcher, Walk walk)
      throws ModelFormatException {
    GraphNode difference = Matcher.one(users, "Sub");
    GraphNode mean = Matcher.one(users, "ReduceMean");
    GraphNode highest = Matcher.one(users, "ReduceMax");
    if (difference == null || !difference.input(0).equals(matcher.value())) {
      return "";
    }
    if (highest != null
        && difference.input(1).equals(highest.output())
        && matcher.isOfLastAxis(highest)) {
      GraphNode exp = matcher.next(difference);
      String end = exp != null && exp.is("Exp") ? matcher.dividedBySum(exp) : "";
      if (!end.isEmpty()) {
        ActivationReader.softmaxOfRows(difference, walk);
      }
      return end;
    }
    int axis = mean == null ? -1 : matcher.firstAxis(mean);
    if (mean == null || !difference.input(1).equals(mean.output()) || axis < 1) {
      return "";
    }
    return layerNorm(difference, axis, matcher, walk);
  }

  /** {@code d / √(mean d² + ε)} of {@code d = x − mean x}, means along all axes from one on. */
  private static String layerNorm(GraphNode difference, int axis, Matcher matcher, Walk walk)
      throws ModelFormatException {
    List<GraphNode> users = walk.graph().consumers(difference.output());
    GraphNode quotient = Matcher.one(users, "Div");
    GraphNode square = matcher.square(users, difference.output());
    GraphNode variance = square == null ? null : matcher.next(square);
    GraphNode sum = variance == null ? null : matcher.next(variance);
    GraphNode root = sum == null ? null : matcher.next(sum);
    double epsilon = variance != null && sum != null ? matcher.summand(sum, variance) : Double.NaN;
    boolean isNorm =
        users.size() == 2
            && quotient != null
            && variance != null
            && root != null
            && variance.is("ReduceMean")
            && matcher.firstAxis(variance) == axis
            && epsilon > 0
            && root.is("Sqrt")
            && matcher.next(root) == quotient
            && quotient.inputs().equals(List.of(difference.output(), root.output()));
    if (!isNorm || quotient == null) {
      return "";
    }
    SampleShape sample = walk.sample();
    boolean isPossible =
        axis == matcher.rank() - 1
            ? sample.rows(difference, Dimensions.UNKNOWN)
            : axis == 1 && sample.wholeSample(difference, Dimensions.UNKNOWN);
    if (!isPossible) {
      walk.refuse(difference, "normalizes some axes of a sample; use the last, or all of them");
    } else {
      double[] one = {1};
      walk.draft().add(new NetworkDraft.NormDraft(epsilon, 0, one, new double[] {0}, List.of()));
    }
    return quotient.output();
  }

  /** {@code log(1 + e^x)}, or {@code e^x / Σ e^x}. */
  static String exp(GraphNode exp, Walk walk) throws ModelFormatException {
    Matcher matcher = Matcher.of(walk);
    String quotient = matcher.dividedBySum(exp);
    if (!quotient.isEmpty()) {
      ActivationReader.softmaxOfRows(exp, walk);
      return quotient;
    }
    GraphNode sum = matcher.next(exp);
    GraphNode log = sum != null && matcher.isSum(sum, exp, 1) ? matcher.next(sum) : null;
    GraphNode end = log != null && log.is("Log") ? log : null;
    if (end == null) {
      walk.refuse(exp, "only in softplus and softmax");
      return exp.output();
    }
    walk.draft().activate(Activations.softplus(), false);
    return end.output();
  }
}
