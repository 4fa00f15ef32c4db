/**
 * Internal: atomic files, locks of folders, and file checks.
 *
 * <p>Types are public for the compiler only; see {@link org.nn4j.internal}. The library's other
 * modules use this package, so all files are written the same way.
 */
@NullMarked
package org.nn4j.internal.file;

import org.jspecify.annotations.NullMarked;
