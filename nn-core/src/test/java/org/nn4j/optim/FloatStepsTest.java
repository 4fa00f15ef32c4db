package org.nn4j.optim;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;

/** Holds the one pass over floats to the ND4J operations that doubles take. */
class FloatStepsTest {
  /** Several chunks, and enough to be shared among cores. */
  private static final int MANY = 70_001;

  private static ParameterVector parameters(DataType type) {
    Parameter weight = new Parameter("w", Parameter.Role.WEIGHT, Near.random(1, type, MANY, 1));
    Parameter bias = new Parameter("b", Parameter.Role.BIAS, Near.random(2, type, 9));
    return ParameterVector.pack(type, List.of(List.of(weight, bias)));
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
