/**
 * Internal: the few primitives on which all hot paths stand. Not for use from outside the library;
 * names and signatures change without notice.
 */
@NullMarked
package org.nn4j.internal.kernel;

import org.jspecify.annotations.NullMarked;
