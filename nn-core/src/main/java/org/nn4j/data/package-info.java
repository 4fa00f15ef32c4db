/**
 * Data sets and their batches.
 *
 * <p>Start with {@link org.nn4j.data.Dataset}: its factories use arrays, images or samples, and its
 * methods split, join, map, normalize and augment. {@link org.nn4j.data.Batches} cuts it into
 * batches in an order that depends on a seed; {@link org.nn4j.data.BatchSource} is for data larger
 * than memory. The subpackages contain CSV files ({@code csv}), image augmentation ({@code image})
 * and small example problems ({@code toy}).
 */
@NullMarked
package org.nn4j.data;

import org.jspecify.annotations.NullMarked;
