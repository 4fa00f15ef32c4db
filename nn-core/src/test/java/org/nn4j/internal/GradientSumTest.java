package org.nn4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.adamW;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.optim.Penalties.l1;
import static org.nn4j.optim.Penalties.l2;
import static org.nn4j.train.TrainerTest.quadrants;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.check.GradientCheck;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkReport;
import org.nn4j.model.Objective;
import org.nn4j.optim.GradientClipping;
import org.nn4j.train.NanGuard;
import org.nn4j.train.Trainer;

class GradientSumTest {
  private static final Map<String, Consumer<Network>> ROUTES = new LinkedHashMap<>();

  private static final Map<String, Function<Network, INDArray>> HELD = new LinkedHashMap<>();

  static {
    ROUTES.put("network", Network::zeroGrad);
    ROUTES.put("vector", network -> network.parameters().zeroGrad());
    ROUTES.put("layers", network -> network.layers().forEach(layer -> layer.zeroGrad()));
    ROUTES.put("parameters", network -> network.parameters().forEach(Parameter::zeroGrad));
    HELD.put("vector", network -> network.parameters().gradients());
    HELD.put("weight", network -> network.parameters().get(0).gradient());
    HELD.put("bias", network -> network.parameters().get(1).gradient());
    HELD.put("last", network -> network.layers().get(1).parameters().get(0).gradient());
    HELD.put("nested vector", network -> inner(network).parameters().gradients());
    HELD.put("view", network -> network.parameters().gradients().reshape(1, -1));
  }

  private static Network inner(Network outer) {
    return (Network) outer.layers().get(0);
  }

  /** A network of 3 inputs whose first layer is a network. */
  private static Network nested(DataType type) {
    Network inner = Network.builder(3).dense(4, tanh()).dataType(type).seed(1).build();
    return Network.builder(3)
        .layer((input, dataType, random) -> inner)
        .dense(2, sigmoid())
        .dataType(type)
        .seed(2)
        .build();
  }

  private static void backward(Network network, long seed) {
    network.forward(random(seed, network.dataType(), 5, 3), network.trainingPass());
    network.backward(random(seed + 1, network.dataType(), 5, 2), network.trainingPass());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void heldArraysAreTrueAfterZeroGradByEveryRoute(DataType type) {
    HELD.forEach(
        (what, hold) ->
            ROUTES.forEach(
                (route, zero) -> {
                  Network network = nested(type);
                  INDArray held = hold.apply(network);
                  for (int round = 0; round < 2; round++) {
                    backward(network, 1);
                    assertThat(held.amaxNumber().doubleValue()).isPositive();
                    zero.accept(network);
                    assertThat(doubles(held)).as("%s by %s", what, route).containsOnly(0);
                  }
                }));
  }

  @Test
  void aFrozenParameterIsZeroedLikeAnyOther() {
    Network network = nested(FLOAT);
    network.layers().get(0).freeze(true);
    INDArray held = network.parameters().get(0).gradient();
    backward(network, 1);
    network.zeroGrad();
    assertThat(doubles(held)).containsOnly(0);
    assertThat(doubles(network.parameters().gradients())).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void severalBackwardsAddUpToOneSum(DataType type) {
    Network first = nested(type);
    backward(first, 1);
    Network second = nested(type);
    backward(second, 7);
    Network both = nested(type);
    backward(both, 3);
    both.zeroGrad();
    backward(both, 1);
    backward(both, 7);
    assertNear(
        both.parameters().gradients(),
        first.parameters().gradients().add(second.parameters().gradients()),
        1e-6);
  }

  @Test
  void aHeldArrayDoesNotChangeTheBits() {
    Network lazy = nested(FLOAT);
    Network held = nested(FLOAT);
    held.parameters().gradients();
    for (Network network : List.of(lazy, held)) {
      for (int step = 0; step < 3; step++) {
        network.zeroGrad();
        backward(network, step);
      }
    }
    assertThat(lazy.parameters().gradients()).isEqualTo(held.parameters().gradients());
  }

  @Test
  void withoutABackwardTheGradientsAreZero() {
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      Network network = nested(type);
      backward(network, 1);
      INDArray before = network.parameters().values().dup();
      network.zeroGrad();
      sgd(1).step(network.parameters());
      assertThat(network.parameters().values()).isEqualTo(before);
      assertThat(doubles(network.parameters().gradients())).containsOnly(0);
    }
  }

  @Test
  void anUnpackedParameterKeepsItsSumWhenANetworkIsBuilt() {
    Parameter weight = new Parameter("weight", Parameter.Role.WEIGHT, random(1, FLOAT, 3, 2));
    assertThat(doubles(weight.gradient())).containsOnly(0);
    GradientSum.of(weight).addProduct(random(2, FLOAT, 5, 3), random(3, FLOAT, 5, 2));
    INDArray sum = weight.gradient().dup();
    assertThat(sum.amaxNumber().doubleValue()).isPositive();
    ParameterVector.pack(FLOAT, List.of(List.of(weight)));
    assertThat(weight.gradient()).isEqualTo(sum);
  }

  private static boolean isLazy(Network network) {
    INDArray array = PackedParameters.of(network.parameters()).gradients();
    array.assign(7);
    network.zeroGrad();
    boolean isLazy = array.getDouble(0) == 7;
    assertThat(doubles(PackedParameters.of(network.parameters()).gradients())).containsOnly(0);
    return isLazy;
  }

  @Test
  void noPartOfTheTrainingStepEndsTheLaziness() {
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      for (GradientClipping clipping :
          List.of(GradientClipping.byNorm(0.1), GradientClipping.byValue(0.01))) {
        Network network = Network.builder(2).dense(4, sigmoid()).dataType(type).seed(1).build();
        network.parameters().get(1).freeze(true);
        Trainer.builder(network)
            .loss(meanSquaredError())
            .optimizer(adamW(0.1))
            .penalty(l1(0.1))
            .penalty(l2(0.1))
            .clipping(clipping)
            .accumulate(2)
            .listener(NanGuard.everySteps(1))
            .steps(3)
            .build()
            .fit(quadrants(1, 200));
        assertThat(isLazy(network)).isTrue();
        network.parameters().gradients();
        assertThat(isLazy(network)).isFalse();
      }
    }
  }

  @Test
  void looksAtGradientsDoNotEndTheLaziness() {
    Network network = nested(DOUBLE);
    INDArray x = random(1, DOUBLE, 5, 3);
    INDArray y = random(2, DOUBLE, 5, 2);
    NetworkReport.of(network, x, y, meanSquaredError());
    Objective.of(network, meanSquaredError()).perSampleGradients(x, y);
    assertThat(GradientCheck.check(network, meanSquaredError(), x, y).passed()).isTrue();
    assertThat(isLazy(network)).isTrue();
  }
}
