/**
 * Losses, each with its per-sample values and its gradient; created by {@link
 * org.nn4j.loss.Losses}.
 */
@NullMarked
package org.nn4j.loss;

import org.jspecify.annotations.NullMarked;
