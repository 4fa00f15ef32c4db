/**
 * Internal: the import of ONNX graphs.
 *
 * <p>Types are public for the compiler only, because {@code org.nn4j.onnx} uses them. They are not
 * for use from outside the library, and change without notice.
 */
@NullMarked
package org.nn4j.internal.onnx;

import org.jspecify.annotations.NullMarked;
