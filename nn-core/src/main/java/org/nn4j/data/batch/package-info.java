/**
 * Batches of data sets, and of data larger than memory.
 *
 * <p>{@link org.nn4j.data.batch.Batches} cuts a data set into batches, in an order that depends on
 * a seed; {@link org.nn4j.data.batch.BatchSource} is for data larger than memory.
 */
@NullMarked
package org.nn4j.data.batch;

import org.jspecify.annotations.NullMarked;
