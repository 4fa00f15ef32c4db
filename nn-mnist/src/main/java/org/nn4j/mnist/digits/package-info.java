/**
 * Digits in MNIST's form from other sources: generated, and from pictures.
 *
 * <p>{@link org.nn4j.mnist.digits.SyntheticDigits} generates handwritten digits for training
 * without MNIST; {@link org.nn4j.mnist.digits.DigitImage} converts a picture of a digit for a
 * network trained on MNIST. Both share the last steps: gray from the depth in the ink in a box of
 * 20 x 20 pixels, and the position of the box in 28 x 28 pixels.
 */
@NullMarked
package org.nn4j.mnist.digits;

import org.jspecify.annotations.NullMarked;
