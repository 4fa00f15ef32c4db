package org.nn4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Near;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.optim.RuleOptimizer;
import org.nn4j.optim.UpdateRule;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;

/** An optimizer of a user's own, on the public base class. */
class OwnOptimizerTest {
  /** θ ← θ − η sign(β m + (1 − β) g), m ← β m + (1 − β) g: Lion with one β. */
  private static final class Lion extends RuleOptimizer {
    private final double beta;
    private final boolean hasLoop;

    Lion(Schedule rate, double beta, boolean hasLoop) {
      super("Lion", rate, 1, "momentum");
      this.beta = beta;
      this.hasLoop = hasLoop;
    }

    @Override
    protected UpdateRule rule(double eta, long t) {
      Rule rule = new Rule(beta, eta);
      return hasLoop ? rule : new WithoutLoop(rule);
    }

    @Override
    public String settings() {
      return "Lion(beta " + beta + ")";
    }

    private record WithoutLoop(Rule rule) implements UpdateRule {
      @Override
      public void operations(
          INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
        rule.operations(g, theta, state, scratch);
      }
    }

    private record Rule(double beta, double eta) implements UpdateRule.WithLoop {
      @Override
      public void loop(float[] g, float[] theta, float[][] state, int from, int to) {
        float[] m = state[0];
        float kept = (float) beta;
        float rate = (float) eta;
        for (int i = from; i < to; i++) {
          m[i] = kept * m[i] + (1 - kept) * g[i];
          theta[i] -= rate * Math.signum(m[i]);
        }
      }

      @Override
      public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
        double[] m = state[0];
        for (int i = from; i < to; i++) {
          m[i] = beta * m[i] + (1 - beta) * g[i];
          theta[i] -= eta * Math.signum(m[i]);
        }
      }

      @Override
      public void operations(
          INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
        INDArray m = state.get(0);
        INDArray s = scratch.get(0);
        g.mul(1 - beta, s);
        m.muli(beta);
        m.addi(s);
        theta.subi(Transforms.sign(m).muli(eta));
      }
    }
  }

  private static Lion lion(boolean hasLoop) {
    return new Lion(Schedules.constant(0.001), 0.9, hasLoop);
  }

  @Test
  void keepsTheContractWithALoopAndWithout() {
    OptimizerContract.check(() -> lion(true));
    OptimizerContract.check(() -> lion(false));
  }

  @Test
  void itsFormsAgreeAndItsStateIsExchangedBetweenThem() {
    ParameterVector floats = parameters(FLOAT);
    ParameterVector doubles = parameters(DOUBLE);
    ParameterVector operated = parameters(DOUBLE);
    Lion withLoop = lion(true);
    Lion withLoopOfDoubles = lion(true);
    Lion without = lion(false);
    for (int i = 0; i < 3; i++) {
      INDArray gradients = Near.random(i, FLOAT, floats.length());
      floats.setGradients(gradients);
      doubles.setGradients(gradients.castTo(DOUBLE));
      operated.setGradients(gradients.castTo(DOUBLE));
      withLoop.step(floats);
      withLoopOfDoubles.step(doubles);
      without.step(operated);
    }
    assertNear(doubles(floats.values()), doubles(operated.values()), 1e-5);
    assertNear(doubles(doubles.values()), doubles(operated.values()), 1e-13);

    Lion restored = lion(false);
    restored.restore(withLoop.state(), floats);
    assertThat(restored.state().vectors()).isEqualTo(withLoop.state().vectors());
    assertThat(restored.state().steps()).isEqualTo(3);
    assertThat(restored.learningRate()).isEqualTo(0.001);
    assertThat(restored).hasToString("Lion(" + Schedules.constant(0.001) + ")");
  }

  private static ParameterVector parameters(DataType type) {
    return ParameterVector.pack(
        type,
        List.of(
            List.of(
                new Parameter("w", Parameter.Role.WEIGHT, Near.random(1, FLOAT, 3000).castTo(type)),
                new Parameter("b", Parameter.Role.BIAS, Near.random(2, FLOAT, 7).castTo(type)))));
  }
}
