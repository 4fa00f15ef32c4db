/**
 * The network: a chain of layers that is itself a layer, its builder, and what measures it on data.
 */
@NullMarked
package org.nn4j.model;

import org.jspecify.annotations.NullMarked;
