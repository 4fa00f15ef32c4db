/**
 * Activation functions and their derivatives; {@link org.nn4j.activation.Activations} makes them.
 */
@NullMarked
package org.nn4j.activation;

import org.jspecify.annotations.NullMarked;
