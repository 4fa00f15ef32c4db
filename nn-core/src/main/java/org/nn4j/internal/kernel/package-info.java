/**
 * Internal: primitives and dispatch of formulas, for all hot paths.
 *
 * <p>Types are public for the compiler only; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.kernel;

import org.jspecify.annotations.NullMarked;
