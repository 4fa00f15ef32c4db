/**
 * Loss functions, each with its per-sample values and its gradient; {@link org.nn4j.loss.Losses}
 * makes them.
 */
@NullMarked
package org.nn4j.loss;

import org.jspecify.annotations.NullMarked;
