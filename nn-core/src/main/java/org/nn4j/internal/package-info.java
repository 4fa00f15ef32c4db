/**
 * Internal parts of the public types. Those of the contracts are in this package, the others in
 * subpackages: {@code kernel} (primitives and formulas) uses {@code blas} (products), which uses
 * {@code memory} (arrays) and {@code thread}; {@code file} writes files atomically.
 *
 * <p>Types are public for the compiler only, because other packages of the library use them. They
 * change without notice. No public signature of another package mentions them.
 */
@NullMarked
package org.nn4j.internal;

import org.jspecify.annotations.NullMarked;
