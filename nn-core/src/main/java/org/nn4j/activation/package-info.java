/** Activations and their derivatives; made by {@link org.nn4j.activation.Activations}. */
@NullMarked
package org.nn4j.activation;

import org.jspecify.annotations.NullMarked;
