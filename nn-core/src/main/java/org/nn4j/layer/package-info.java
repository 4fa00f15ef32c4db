/** Layers, each with its forward and backward; made by {@link org.nn4j.layer.Layers}. */
@NullMarked
package org.nn4j.layer;

import org.jspecify.annotations.NullMarked;
