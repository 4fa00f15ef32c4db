/**
 * Optimizers: rules that change parameters by their gradients; {@link org.nn4j.optim.Optimizers}
 * makes them.
 */
@NullMarked
package org.nn4j.optim;

import org.jspecify.annotations.NullMarked;
