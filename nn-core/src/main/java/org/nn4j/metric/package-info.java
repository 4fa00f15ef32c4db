/**
 * Metrics of predictions, made by {@link org.nn4j.metric.Metrics}, and the classes of predictions
 * by {@link org.nn4j.metric.Predictions}.
 */
@NullMarked
package org.nn4j.metric;

import org.jspecify.annotations.NullMarked;
