/**
 * Data sets.
 *
 * <p>Start with {@link org.nn4j.data.Dataset}: its factories use arrays, images or samples, and its
 * methods split, join, map, normalize and augment. The subpackages contain batches ({@code batch}),
 * columns of tables ({@code feature}), CSV files ({@code csv}), image augmentation ({@code image})
 * and small example problems ({@code toy}).
 */
@NullMarked
package org.nn4j.data;

import org.jspecify.annotations.NullMarked;
