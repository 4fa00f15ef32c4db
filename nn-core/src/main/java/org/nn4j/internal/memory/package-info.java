/**
 * Internal: arrays and the memory that they lie in: new arrays, layouts, addresses, the start of
 * ND4J.
 *
 * <p>Types here are public for the compiler alone; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.memory;

import org.jspecify.annotations.NullMarked;
