/**
 * Networks: chains of layers, their builder, predictors, evaluation, and reports about their
 * layers.
 */
@NullMarked
package org.nn4j.model;

import org.jspecify.annotations.NullMarked;
