/**
 * Internal: downloads of files from mirrors, verified and resumable.
 *
 * <p>Types are public for the compiler only, because {@code org.nn4j.mnist} uses them. They are not
 * for use from outside the library, and change without notice.
 */
@NullMarked
package org.nn4j.internal.download;

import org.jspecify.annotations.NullMarked;
