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
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;

/**
 * Finds each {@link UpdateRule} and holds its loop over floats to its operations of ND4J, which
 * doubles take. A rule that is declared and not reached fails.
 */
class RulesTest {
  /** Several chunks, and enough to be shared among cores. */
  private static final int MANY = 70_001;

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
  void floatsTakeTheStepsOfDoubles(Supplier<Optimizer> optimizer) {
    ParameterVector floats = parameters(FLOAT);
    ParameterVector doubles = parameters(DOUBLE);
    Optimizer ofFloats = optimizer.get();
    Optimizer ofDoubles = optimizer.get();
    for (int step = 0; step < 4; step++) {
      // From the same rounded numbers, or a small gradient's sign could differ.
      doubles.setGradients(Near.random(10 + step, FLOAT, MANY + 9).castTo(DOUBLE));
      floats.setGradients(Near.random(10 + step, FLOAT, MANY + 9));
      ofFloats.step(floats);
      ofDoubles.step(doubles);
    }
    assertNear(doubles(floats.values()), doubles(doubles.values()), 1e-5);
  }
}
