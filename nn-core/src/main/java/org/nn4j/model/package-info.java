/**
 * The network: a chain of layers that is itself a layer, its builder, its files and checkpoints,
 * reports of what its layers do, and what measures it on data.
 */
@NullMarked
package org.nn4j.model;

import org.jspecify.annotations.NullMarked;
