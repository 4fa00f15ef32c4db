package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rule of one step of a {@link RuleOptimizer}, with the coefficients of that step: the elementwise
 * change of values and state by the gradients.
 *
 * <p>A rule in ND4J operations works for every data type and backend. {@link WithLoop} adds the
 * same rule as loops over floats and doubles, which are several times as fast. A rule is called for
 * each trained range of the packed vector and must treat all elements alike.
 */
@FunctionalInterface
public interface UpdateRule {
  /**
   * Updates values and state by ND4J operations.
   *
   * @param g the gradients, a vector; do not change or keep it
   * @param theta the values, a vector of the same length; changed in place
   * @param state the state vectors, in the order of their names; changed in place
   * @param scratch vectors for intermediate results; their contents are undefined
   */
  void operations(INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch);

  /** Rule in three forms, which compute the same to within rounding. */
  interface WithLoop extends UpdateRule {
    /**
     * Updates values and state by a loop over Java arrays, a few thousand elements at a time. The
     * JIT compiler vectorizes the loop if it has no conditions and calls. For long vectors several
     * threads call it at once, each with its own elements.
     *
     * @param g the gradients; do not change them
     * @param theta the values; changed in place
     * @param state the state vectors, in the order of their names; changed in place
     * @param from the index of the first element, the same in all arrays
     * @param to the index after the last
     */
    void loop(float[] g, float[] theta, float[][] state, int from, int to);

    /**
     * Updates values and state of type DOUBLE in the same way.
     *
     * @param g the gradients; do not change them
     * @param theta the values; changed in place
     * @param state the state vectors, in the order of their names; changed in place
     * @param from the index of the first element, the same in all arrays
     * @param to the index after the last
     */
    void loop(double[] g, double[] theta, double[][] state, int from, int to);
  }
}
