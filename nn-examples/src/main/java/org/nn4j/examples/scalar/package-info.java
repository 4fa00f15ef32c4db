/**
 * Backpropagation on single numbers in one class, {@link org.nn4j.examples.scalar.Value}. For
 * reading; the library does the same on whole batches at once.
 */
@NullMarked
package org.nn4j.examples.scalar;

import org.jspecify.annotations.NullMarked;
