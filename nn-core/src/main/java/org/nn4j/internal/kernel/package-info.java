/**
 * Internal: the primitives and the dispatch of formulas on which all hot paths stand.
 *
 * <p>Types here are public for the compiler alone; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.kernel;

import org.jspecify.annotations.NullMarked;
