/**
 * Digits in MNIST's form that are not MNIST's: generated, and read from pictures.
 *
 * <p>{@link org.nn4j.mnist.digits.SyntheticDigits} draws digits with random pens and hands, for
 * training where there is no MNIST; {@link org.nn4j.mnist.digits.DigitImage} brings a picture of a
 * digit into the form that a network trained on MNIST knows. Both share the last steps: gray from
 * the depth under the ink in a box of 20 x 20 pixels, and the box's place in 28 x 28 pixels, as
 * MNIST's authors put it.
 */
@NullMarked
package org.nn4j.mnist.digits;

import org.jspecify.annotations.NullMarked;
