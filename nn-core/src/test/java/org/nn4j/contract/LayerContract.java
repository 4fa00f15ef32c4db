package org.nn4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Near;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.check.GradientCheck;

/**
 * What every layer must do, the library's and a user's: {@code LayerContract.check(spec, shape)} in
 * a test of one line.
 */
public final class LayerContract {
  private static final int ROWS = 5;
  private static final double TOLERANCE = 1e-12;

  private final LayerSpec spec;
  private final Shape input;

  private LayerContract(LayerSpec spec, Shape input) {
    this.spec = spec;
    this.input = input;
  }

  /**
   * Puts a layer through the contract.
   *
   * @param spec its recipe
   * @param input a shape that it takes
   * @throws AssertionError if the layer breaks the contract
   */
  public static void check(LayerSpec spec, Shape input) {
    LayerContract contract = new LayerContract(spec, input);
    contract.rule(
        "forward and backward do not change their arguments", contract::argumentsAreLeftAlone);
    contract.rule("the gradients are those of central differences", contract::gradientsAreRight);
    contract.rule(
        "outputs have outputShape(), the data type and the batch of the input, for any batch size",
        contract::outputsHaveTheShapeThatIsPromised);
    contract.rule(
        "backward adds to the gradients of parameters (addi), and zeroGrad clears them",
        contract::backwardAddsAndZeroGradClears);
    contract.rule(
        "backward without a forward of the same pass throws IllegalStateException: keep state in"
            + " the pass, not in a field",
        contract::backwardBeforeForwardIsRefused);
    contract.rule(
        "an input of another shape is refused (Require.batch)", contract::wrongInputIsRefused);
    contract.rule("the same seed makes the same layer", contract::theSameSeedGivesTheSameBits);
    contract.rule(
        "values and gradients are read from the parameters at each call, as they move into the"
            + " vector of the network",
        contract::parametersMayMoveIntoAVector);
    contract.rule(
        "an output of inference depends on its own sample alone",
        contract::inferenceKeepsValuesAndSamplesApart);
    contract.rule("floats agree with doubles to 1e-4", contract::floatAgreesWithDouble);
  }

  private void rule(String rule, Runnable check) {
    ContractRule.check(spec, rule, check);
  }

  private Layer build(DataType type) {
    return spec.build(input, type, new SeededRandom(1));
  }

  private INDArray x(DataType type) {
    return Near.random(2, type, input.withBatch(ROWS));
  }

  private static INDArray gradientFor(INDArray y) {
    return Near.random(3, y.dataType(), y.shape());
  }

  private void gradientsAreRight() {
    GradientCheck.Result result = GradientCheck.check(build(DOUBLE), x(DOUBLE));
    assertThat(result.passed()).as(result.toString()).isTrue();
  }

  private void argumentsAreLeftAlone() {
    Layer layer = build(DOUBLE);
    Pass pass = Pass.training();
    INDArray x = x(DOUBLE);
    INDArray y = layer.forward(x, pass);
    INDArray dY = gradientFor(y);
    INDArray before = dY.dup();
    layer.backward(dY, pass);
    Near.assertNear(x, x(DOUBLE), 0);
    Near.assertNear(dY, before, 0);
  }

  private void outputsHaveTheShapeThatIsPromised() {
    Layer layer = build(FLOAT);
    Pass pass = Pass.training();
    for (int rows : new int[] {ROWS, 2, ROWS}) {
      INDArray x = Near.random(rows, FLOAT, input.withBatch(rows));
      INDArray y = layer.forward(x, pass);
      assertThat(y.shape()).isEqualTo(layer.outputShape().withBatch(rows));
      assertThat(y.dataType()).isEqualTo(FLOAT);
      assertThat(layer.backward(gradientFor(y), pass).shape()).isEqualTo(x.shape());
    }
    assertThat(layer.parameters()).isEqualTo(layer.parameters());
  }

  private void backwardAddsAndZeroGradClears() {
    Layer layer = build(DOUBLE);
    Pass pass = Pass.training();
    INDArray dY = gradientFor(layer.forward(x(DOUBLE), pass));
    layer.zeroGrad();
    layer.backward(dY, pass);
    var once = layer.parameters().stream().map(p -> p.gradient().mul(2)).toList();
    layer.backward(dY, pass);
    for (int i = 0; i < once.size(); i++) {
      Near.assertNear(layer.parameters().get(i).gradient(), once.get(i), TOLERANCE);
    }
    layer.zeroGrad();
    for (Parameter parameter : layer.parameters()) {
      assertThat(Near.doubles(parameter.gradient())).containsOnly(0);
    }
  }

  private void backwardBeforeForwardIsRefused() {
    Layer layer = build(DOUBLE);
    INDArray dY = Near.random(1, layer.outputShape().withBatch(ROWS));
    assertThatThrownBy(() -> layer.backward(dY, Pass.training()))
        .isInstanceOf(IllegalStateException.class);
  }

  private void wrongInputIsRefused() {
    Layer layer = build(DOUBLE);
    long[] wrong = input.withBatch(ROWS);
    wrong[wrong.length - 1]++;
    INDArray x = Near.random(1, wrong);
    assertThatThrownBy(() -> layer.forward(x, Pass.training()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void theSameSeedGivesTheSameBits() {
    Near.assertNear(
        build(FLOAT).forward(x(FLOAT), Pass.training()),
        build(FLOAT).forward(x(FLOAT), Pass.training()),
        0);
  }

  private void parametersMayMoveIntoAVector() {
    Layer layer = build(DOUBLE);
    INDArray before = layer.forward(x(DOUBLE), Pass.inference()).dup();
    ParameterVector vector = ParameterVector.pack(DOUBLE, List.of(layer.parameters()));
    Near.assertNear(layer.forward(x(DOUBLE), Pass.inference()), before, TOLERANCE);
    Pass pass = Pass.training();
    vector.zeroGrad();
    layer.backward(gradientFor(layer.forward(x(DOUBLE), pass)), pass);
    boolean trains =
        layer.parameters().stream().anyMatch(p -> p.role() != Parameter.Role.STATISTIC);
    if (trains) {
      assertThat(vector.gradients().amaxNumber().doubleValue()).isPositive();
    }
  }

  /** Rows of inference depend on themselves alone: permuting a batch permutes its outputs. */
  private void inferenceKeepsValuesAndSamplesApart() {
    Layer layer = build(DOUBLE);
    INDArray x = x(DOUBLE);
    INDArray y = layer.forward(x, Pass.inference()).dup();
    INDArray reversed = x.dup();
    for (int i = 0; i < ROWS; i++) {
      reversed.slice(i).assign(x.slice(ROWS - 1 - i));
    }
    INDArray yReversed = layer.forward(reversed, Pass.inference());
    for (int i = 0; i < ROWS; i++) {
      Near.assertNear(yReversed.slice(i).dup(), y.slice(ROWS - 1 - i).dup(), TOLERANCE);
    }
  }

  private void floatAgreesWithDouble() {
    Near.assertNear(
        build(FLOAT).forward(x(FLOAT), Pass.inference()),
        build(DOUBLE).forward(x(FLOAT).castTo(DOUBLE), Pass.inference()),
        1e-4);
  }
}
