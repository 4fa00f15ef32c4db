/**
 * Internal: new arrays, layouts, addresses, and the start of ND4J.
 *
 * <p>Types are public for the compiler only; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.memory;

import org.jspecify.annotations.NullMarked;
