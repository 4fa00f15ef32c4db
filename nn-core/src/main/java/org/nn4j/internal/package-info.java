/**
 * Internal: what the public types keep from their users, and what makes them fast. The parts of the
 * contracts are here, the rest in packages of their own: {@code kernel} (primitives and formulas)
 * uses {@code blas} (products), which uses {@code memory} (arrays) and {@code thread}; {@code file}
 * writes files as a whole.
 *
 * <p>Types here are public for the compiler alone, because other packages of the library use them.
 * They are not for use from outside the library, and change without notice. No public signature of
 * another package mentions them.
 */
@NullMarked
package org.nn4j.internal;

import org.jspecify.annotations.NullMarked;
