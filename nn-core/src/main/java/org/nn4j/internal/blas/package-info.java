/**
 * Internal: matrix products by native libraries, divided among the cores.
 *
 * <p>Types are public for the compiler only; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.blas;

import org.jspecify.annotations.NullMarked;
