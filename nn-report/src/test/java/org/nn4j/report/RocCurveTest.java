package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RocCurveTest {
  /** The example of scikit-learn's {@code roc_curve}. */
  @Test
  void theExampleOfScikitLearn() {
    RocCurve curve =
        RocCurve.of(
            1,
            "1",
            new double[] {0.1, 0.4, 0.35, 0.8},
            new boolean[] {false, false, true, true},
            0.75);
    assertThat(curve.at(0)).isEqualTo(0.5);
    assertThat(curve.at(0.25)).isEqualTo(0.5);
    assertThat(curve.at(0.5)).isEqualTo(1);
    assertThat(curve.at(1)).isEqualTo(1);
  }

  @Test
  void equalScoresAreOnePoint() {
    RocCurve curve =
        RocCurve.of(1, "1", new double[] {0.5, 0.5, 0.5}, new boolean[] {true, false, false}, 0.5);
    assertThat(curve.at(0.3)).isEqualTo(0.3);
  }
}
