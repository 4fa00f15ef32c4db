/**
 * Digits in MNIST's form that are not MNIST's: generated, and read from pictures.
 *
 * <p>{@link org.nn4j.mnist.digits.SyntheticDigits} draws digits with random pens and hands, for
 * training where there is no MNIST; {@link org.nn4j.mnist.digits.DigitImage} brings a picture of a
 * digit into the form that a network trained on MNIST knows. Both share the last steps: {@link
 * org.nn4j.mnist.digits.InkBox} turns distances to a line into grey pixels of a 20 x 20 box, and
 * puts the box into 28 x 28 pixels as MNIST's authors did.
 */
@NullMarked
package org.nn4j.mnist.digits;

import org.jspecify.annotations.NullMarked;
