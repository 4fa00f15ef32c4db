/**
 * Measures of a trained network, separate from the losses that train it; {@link
 * org.nn4j.metric.Metrics} makes them, {@link org.nn4j.metric.Predictions} reads what a classifier
 * answers.
 */
@NullMarked
package org.nn4j.metric;

import org.jspecify.annotations.NullMarked;
