package org.nn4j;

/**
 * A layer whose output is {@code A = σ(Z)} and that can also hand out {@code Z}.
 *
 * <p>This is how a softmax at the end of a network and the cross-entropy after it become one stable
 * computation on the logits (see {@link Loss#fusion()}), whichever layer the softmax stands in.
 */
public interface ActivatedLayer extends Layer {
  /**
   * The activation σ that the layer ends in.
   *
   * @return the activation
   */
  Activation activation();

  /**
   * The same layer without its activation.
   *
   * @return a layer with the same parameters (not copies) that gives {@code Z}
   */
  Layer withoutActivation();
}
