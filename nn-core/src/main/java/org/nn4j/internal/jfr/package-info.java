/**
 * Internal: events of JDK Flight Recorder. Without the module {@code jdk.jfr} nothing is recorded.
 *
 * <p>Types are public for the compiler only; see {@link org.nn4j.internal}.
 */
@NullMarked
package org.nn4j.internal.jfr;

import org.jspecify.annotations.NullMarked;
