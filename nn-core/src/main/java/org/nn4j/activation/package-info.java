/** Activations and their derivatives; created by {@link org.nn4j.activation.Activations}. */
@NullMarked
package org.nn4j.activation;

import org.jspecify.annotations.NullMarked;
