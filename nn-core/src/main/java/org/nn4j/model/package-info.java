/** The network: a chain of layers that is itself a layer, and its builder. */
@NullMarked
package org.nn4j.model;

import org.jspecify.annotations.NullMarked;
