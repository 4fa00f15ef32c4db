package org.nn4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Loss;
import org.nn4j.Near;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.check.GradientCheck;
import org.nn4j.layer.Layers;

/**
 * What every loss must do, the library's and a user's: {@code LossContract.check(loss)} in a test
 * of one line. Predictions and targets are rows of probabilities, which any loss takes.
 */
public final class LossContract {
  private static final int ROWS = 6;
  private static final int OUTPUTS = 4;

  private final Loss loss;
  private final INDArray predictions = probabilities(1, ROWS);
  private final INDArray targets = probabilities(2, ROWS);

  private LossContract(Loss loss) {
    this.loss = loss;
  }

  /**
   * Puts a loss through the contract.
   *
   * @param loss the loss
   * @throws AssertionError if it breaks the contract
   */
  public static void check(Loss loss) {
    LossContract contract = new LossContract(loss);
    contract.rule("the arguments are not changed", contract::argumentsAreLeftAlone);
    contract.rule(
        "the gradient is that of the mean by central differences",
        contract::theGradientIsThatOfTheMean);
    contract.rule("forward is the mean of perSample", contract::theMeanIsThatOfTheSamples);
    contract.rule(
        "the loss of a sample depends on this sample alone",
        contract::samplesDoNotDependOnEachOther);
    contract.rule(
        "a batch twice has the same mean and half the gradient of each sample",
        contract::aBatchTwiceHasTheSameMeanAndHalfTheGradient);
    contract.rule("floats agree with doubles", contract::floatAgreesWithDouble);
    contract.rule("the fused form is the same function", contract::fusionIsTheSameFunction);
    contract.rule("wrong shapes are refused", contract::misuseIsRefused);
  }

  private void rule(String rule, Runnable check) {
    ContractRule.check(loss, rule, check);
  }

  private static INDArray probabilities(long seed, int rows) {
    INDArray p = Near.random(seed, rows, OUTPUTS);
    Activations.softmax().forward(p, p);
    return p;
  }

  private void theGradientIsThatOfTheMean() {
    var identity =
        Layers.activation(Activations.identity())
            .build(Shape.of(OUTPUTS), DOUBLE, new SeededRandom(1));
    GradientCheck.Result result = GradientCheck.check(identity, loss, predictions, targets);
    assertThat(result.passed()).as(loss + ": " + result).isTrue();
  }

  private void theMeanIsThatOfTheSamples() {
    double[] samples = Near.doubles(loss.perSample(predictions, targets));
    assertThat(samples).hasSize(ROWS);
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    assertThat(loss.forward(predictions, targets, Pass.training()))
        .isEqualTo(sum / ROWS, within(1e-12));
  }

  private void argumentsAreLeftAlone() {
    loss.forward(predictions, targets, Pass.training());
    Near.assertNear(predictions, probabilities(1, ROWS), 0);
    Near.assertNear(targets, probabilities(2, ROWS), 0);
  }

  private void samplesDoNotDependOnEachOther() {
    INDArray all = loss.perSample(predictions, targets);
    for (int i = 0; i < ROWS; i++) {
      INDArray one =
          loss.perSample(predictions.getRow(i, true).dup(), targets.getRow(i, true).dup());
      assertThat(one.getDouble(0)).isEqualTo(all.getDouble(i), within(1e-12));
    }
  }

  private void aBatchTwiceHasTheSameMeanAndHalfTheGradient() {
    Pass pass = Pass.training();
    double mean = loss.forward(predictions, targets, pass);
    INDArray gradient = loss.backward(pass).dup();
    double twice =
        loss.forward(Nd4j.vstack(predictions, predictions), Nd4j.vstack(targets, targets), pass);
    assertThat(twice).isEqualTo(mean, within(1e-12));
    INDArray half = gradient.mul(0.5);
    Near.assertNear(loss.backward(pass), Nd4j.vstack(half, half), 1e-12);
  }

  private void floatAgreesWithDouble() {
    Near.assertNear(
        loss.perSample(predictions.castTo(FLOAT), targets.castTo(FLOAT)),
        loss.perSample(predictions, targets),
        1e-5);
  }

  private void fusionIsTheSameFunction() {
    loss.fusion()
        .ifPresent(
            fusion -> {
              INDArray z = Near.random(5, ROWS, OUTPUTS);
              INDArray a = z.ulike();
              fusion.activation().forward(z, a);
              Near.assertNear(
                  fusion.onPreActivation().perSample(z, targets),
                  loss.perSample(a, targets),
                  1e-10);
              Pass pass = Pass.training();
              loss.forward(a, targets, pass);
              INDArray unfused = z.ulike();
              fusion.activation().backward(loss.backward(pass), a, unfused);
              fusion.onPreActivation().forward(z, targets, pass);
              Near.assertNear(fusion.onPreActivation().backward(pass), unfused, 1e-10);
            });
  }

  private void misuseIsRefused() {
    assertThatThrownBy(() -> loss.forward(predictions, probabilities(2, 2), Pass.training()))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> loss.backward(Pass.training()))
        .isInstanceOf(IllegalStateException.class);
  }
}
