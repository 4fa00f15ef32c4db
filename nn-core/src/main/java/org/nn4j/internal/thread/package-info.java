/**
 * Internal: shared work and memory of threads: gates, counts of calls, the worker pool.
 *
 * <p>Types are public for the compiler only; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.thread;

import org.jspecify.annotations.NullMarked;
