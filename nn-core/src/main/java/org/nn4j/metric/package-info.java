/**
 * Metrics of predictions, created by {@link org.nn4j.metric.Metrics}, and the classes of
 * predictions ({@link org.nn4j.metric.Predictions}).
 */
@NullMarked
package org.nn4j.metric;

import org.jspecify.annotations.NullMarked;
