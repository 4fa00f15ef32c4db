package org.nn4j;

/**
 * Layer whose output is {@code A = σ(Z)} and which can also return {@code Z}.
 *
 * <p>With it, a softmax at the end of a network and the cross-entropy after it are computed as one
 * stable function of the logits (see {@link Loss#fusion()}).
 */
public interface ActivatedLayer extends Layer {
  /**
   * Returns the activation σ at the end of the layer.
   *
   * @return the activation
   */
  Activation activation();

  /**
   * Returns the same layer without its activation.
   *
   * @return a layer with the same parameters (not copies) whose output is {@code Z}
   */
  Layer withoutActivation();
}
