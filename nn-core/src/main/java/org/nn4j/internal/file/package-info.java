/**
 * Internal: files that are written as a whole or not at all, locks of folders, and their checks.
 *
 * <p>Types here are public for the compiler alone; see {@link org.nn4j.internal}. The library's
 * other modules use this package, so that all files are written in one way.
 */
@NullMarked
package org.nn4j.internal.file;

import org.jspecify.annotations.NullMarked;
