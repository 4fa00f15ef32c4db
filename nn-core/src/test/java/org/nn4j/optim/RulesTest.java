package org.nn4j.optim;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.SeededRandom;

/**
 * Finds each {@link UpdateRule} and holds its loops over floats and over doubles to its operations
 * of ND4J. A rule that is declared and not reached fails.
 */
class RulesTest {
  /** Several chunks, and enough to be shared among cores. */
  private static final int MANY = 70_001;

  /** Enough for a mean that decays by 0.9 to reach the smallest numbers. */
  private static final int MANY_STEPS = 4000;

  /** Of state, and of intermediate results. */
  private static final int MAX_VECTORS = 2;

  private static ParameterVector parameters(DataType type) {
    Parameter weight = new Parameter("w", Parameter.Role.WEIGHT, Near.random(1, type, MANY, 1));
    Parameter bias = new Parameter("b", Parameter.Role.BIAS, Near.random(2, type, 9));
    return ParameterVector.pack(type, List.of(List.of(weight, bias)));
  }

  @Test
  void eachDeclaredRuleIsTried() {
    Stream<Class<?>> declared =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.nn4j")
                .stream()
                .filter(c -> c.isAssignableTo(UpdateRule.class) && !c.isInterface())
                .map(JavaClass::reflect);
    Stream<Class<?>> tried =
        OptimizerContractTest.ours()
            .map(optimizer -> ((RuleOptimizer) optimizer.get()).rule(0.1, 1).getClass());
    assertThat(tried.collect(toSet())).isEqualTo(declared.collect(toSet()));
  }

  @ParameterizedTest
  @MethodSource("org.nn4j.optim.OptimizerContractTest#ours")
  void theLoopsTakeTheStepsOfTheOperations(Supplier<Optimizer> optimizer) {
    ParameterVector floats = parameters(FLOAT);
    ParameterVector doubles = parameters(DOUBLE);
    ParameterVector operated = parameters(DOUBLE);
    Optimizer ofFloats = optimizer.get();
    Optimizer ofDoubles = optimizer.get();
    RuleOptimizer byOperations = (RuleOptimizer) optimizer.get();
    List<INDArray> state = zeros(MAX_VECTORS);
    for (int step = 0; step < 4; step++) {
      // From the same rounded numbers, or a small gradient's sign could differ.
      INDArray g = Near.random(10 + step, FLOAT, MANY + 9);
      g.get(NDArrayIndex.interval(MANY, MANY + 9)).muli(1e-8); // beside them, an epsilon counts
      INDArray exact = g.castTo(DOUBLE);
      doubles.setGradients(exact);
      floats.setGradients(g);
      double eta = ofDoubles.learningRate();
      ofFloats.step(floats);
      ofDoubles.step(doubles);
      INDArray theta = operated.values();
      byOperations.decay(operated, eta);
      byOperations.rule(eta, step + 1).operations(exact, theta, state, zeros(MAX_VECTORS));
    }
    assertNear(doubles(floats.values()), doubles(operated.values()), 1e-5);
    assertNear(doubles(doubles.values()), doubles(operated.values()), 1e-13);
  }

  private static List<INDArray> zeros(int count) {
    return Stream.generate(() -> Nd4j.zeros(DOUBLE, MANY + 9)).limit(count).toList();
  }

  @ParameterizedTest
  @MethodSource("org.nn4j.optim.OptimizerContractTest#ours")
  void runningMeansStayNormal(Supplier<Optimizer> ours) {
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      Optimizer optimizer = ours.get();
      ParameterVector parameters =
          ParameterVector.pack(
              type,
              List.of(List.of(new Parameter("b", Parameter.Role.BIAS, Near.random(2, type, 9)))));
      double leastNormal = type == FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
      parameters.gradients().assign(type == FLOAT ? 1e-17 : 1e-150);
      for (int step = 0; step < MANY_STEPS; step++) {
        optimizer.step(parameters);
        parameters.gradients().assign(0);
      }
      // Squares of doubles do not underflow in practice.
      List<String> means =
          type == FLOAT
              ? List.of(
                  "velocity",
                  "firstMoment",
                  "secondMoment",
                  "meanOfSquares",
                  "meanOfSquaredChanges")
              : List.of("velocity", "firstMoment");
      for (String name : means) {
        INDArray vector = optimizer.state().vectors().getOrDefault(name, parameters.gradients());
        assertThat(Arrays.stream(doubles(vector)).boxed())
            .allMatch(v -> v == 0 || Math.abs(v) >= leastNormal);
      }
    }
  }

  @Test
  void theBoundsOfRunningMeansChangeNoParameter() {
    ParameterVector parameters = parameters(FLOAT);
    float[] theta = parameters.values().toFloatVector();
    float[] m = new float[theta.length];
    float[] v = new float[theta.length];
    float[] g = new float[theta.length];
    Optimizer adam = Optimizers.adam();
    SeededRandom random = new SeededRandom(5);
    for (int t = 1; t <= 20; t++) {
      float etaOfM = (float) (0.001 / (1 - Math.pow(0.9, t)));
      float scaleOfRoot = (float) (1 / Math.sqrt(1 - Math.pow(0.999, t)));
      for (int i = 0; i < g.length; i++) {
        g[i] = (float) (random.nextGaussian() * Math.pow(10, -30 * random.nextDouble()));
        m[i] = 0.9f * m[i] + (float) (1 - 0.9) * g[i];
        v[i] = 0.999f * v[i] + (float) (1 - 0.999) * g[i] * g[i];
        theta[i] -= etaOfM * m[i] / (scaleOfRoot * (float) Math.sqrt(v[i]) + 1e-8f);
      }
      parameters.setGradients(Nd4j.createFromArray(g));
      adam.step(parameters);
    }
    assertThat(parameters.values().toFloatVector()).isEqualTo(theta);
  }
}
