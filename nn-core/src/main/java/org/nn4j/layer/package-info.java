/** Layers, each with forward and backward; created by {@link org.nn4j.layer.Layers}. */
@NullMarked
package org.nn4j.layer;

import org.jspecify.annotations.NullMarked;
