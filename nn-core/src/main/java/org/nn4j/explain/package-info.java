/**
 * Explanations of predictions: {@link org.nn4j.explain.PermutationImportance} for a data set,
 * {@link org.nn4j.explain.Attribution} for one sample.
 */
@NullMarked
package org.nn4j.explain;

import org.jspecify.annotations.NullMarked;
