/**
 * Internal: the primitives and the dispatch of formulas on which all hot paths stand.
 *
 * <p>Types here are public for the compiler alone, because other packages of the library use them.
 * They are not for use from outside the library, and change without notice. No public signature of
 * another package mentions them.
 */
@NullMarked
package org.nn4j.internal.kernel;

import org.jspecify.annotations.NullMarked;
