/**
 * Internal: threads that share work or memory: gates, counts of uses, the worker pool.
 *
 * <p>Types here are public for the compiler alone; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.thread;

import org.jspecify.annotations.NullMarked;
