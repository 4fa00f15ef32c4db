package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The rule of one step of a {@link RuleOptimizer}, with the coefficients of that step: how values
 * and state change, number by number, given the gradients.
 *
 * <p>A rule in operations of ND4J works for every data type and backend. {@link WithLoop} adds the
 * same rule as loops over floats and over doubles, which are several times as fast. A rule is
 * called for each range of the packed vector that is trained; it must treat each number alike.
 */
@FunctionalInterface
public interface UpdateRule {
  /**
   * Updates values and state by operations of ND4J.
   *
   * @param g the gradients, a vector; not to be changed, nor kept after the call
   * @param theta the values, a vector of the same length; changed in place
   * @param state the state vectors, in the order of their names; changed in place
   * @param scratch vectors for intermediate results; their contents are undefined
   */
  void operations(INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch);

  /** A rule in three forms, which compute the same to within rounding. */
  interface WithLoop extends UpdateRule {
    /**
     * Updates values and state by a plain loop over Java arrays, a few thousand numbers at a time.
     * Without conditions and calls in it, the JIT compiler turns the loop into vector instructions.
     * Called by several threads at once where the vectors are long, each with its own numbers.
     *
     * @param g the gradients; not to be changed
     * @param theta the values; changed in place
     * @param state the state vectors, in the order of their names; changed in place
     * @param from the index of the first number, the same in all arrays
     * @param to the index after the last
     */
    void loop(float[] g, float[] theta, float[][] state, int from, int to);

    /**
     * Updates values and state of type DOUBLE in the same way.
     *
     * @param g the gradients; not to be changed
     * @param theta the values; changed in place
     * @param state the state vectors, in the order of their names; changed in place
     * @param from the index of the first number, the same in all arrays
     * @param to the index after the last
     */
    void loop(double[] g, double[] theta, double[][] state, int from, int to);
  }
}
