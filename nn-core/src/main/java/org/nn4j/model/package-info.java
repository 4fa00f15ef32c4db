/**
 * The network: a chain of layers that is itself a layer, its builder, predictors, evaluation, and
 * reports of what its layers do.
 */
@NullMarked
package org.nn4j.model;

import org.jspecify.annotations.NullMarked;
