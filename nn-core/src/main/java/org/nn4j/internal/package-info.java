/**
 * Internal: what the public types of {@code org.nn4j} keep from their users, such as zeros that are
 * not written yet.
 *
 * <p>Types here are public for the compiler alone, because other packages of the library use them.
 * They are not for use from outside the library, and change without notice. No public signature of
 * another package mentions them.
 */
@NullMarked
package org.nn4j.internal;

import org.jspecify.annotations.NullMarked;
