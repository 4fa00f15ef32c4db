/**
 * Internal: products of matrices by native libraries, shared among the cores.
 *
 * <p>Types here are public for the compiler alone; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.blas;

import org.jspecify.annotations.NullMarked;
