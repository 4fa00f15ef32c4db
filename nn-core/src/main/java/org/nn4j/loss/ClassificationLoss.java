package org.nn4j.loss;

import org.nn4j.Loss;

/**
 * Cross-entropy of classes, optionally with label smoothing and class weights.
 *
 * <pre>
 * loss of a sample = − Σ t log a
 * T = Y, or w ((1 − ε) Y + ε / K) with label smoothing ε and class weights w of K classes
 * </pre>
 *
 * <p>Targets {@code [B, K]} are one-hot rows, or soft labels from 0 to 1 that sum to 1 within 0.01.
 * Other targets are refused, rows of zeros included: a sample that should not count has the weight
 * 0. A network needs 2 or more outputs. The loss of a batch is the sum divided by B, as in Keras;
 * PyTorch divides by the sum of the class weights. Source of label smoothing: Szegedy et al.,
 * "Rethinking the Inception Architecture" (CVPR 2016), section 7. Immutable and thread-safe.
 */
public sealed interface ClassificationLoss extends Loss permits CrossEntropy, SoftmaxCrossEntropy {
  /**
   * Returns the same loss with label smoothing.
   *
   * @param epsilon ε, from 0 to below 1
   * @return a new loss
   * @throws IllegalArgumentException if it is out of range
   */
  ClassificationLoss withLabelSmoothing(double epsilon);

  /**
   * Returns the same loss with a weight for each class.
   *
   * @param weights w, one for each class, each 0 or more
   * @return a new loss
   * @throws IllegalArgumentException if there is none, one is negative or not finite, or all are 0
   */
  ClassificationLoss withClassWeights(double... weights);
}
