/**
 * Contracts of the library, without implementations.
 *
 * <p>A {@link org.nn4j.Layer} has {@link org.nn4j.Parameter parameters}; the intermediate results
 * of a forward and backward belong to a {@link org.nn4j.Pass}. A {@link org.nn4j.LayerSpec} is the
 * recipe of a layer. An {@link org.nn4j.Activation} and a {@link org.nn4j.Loss} are functions
 * without state; an {@link org.nn4j.Optimizer} has its own.
 *
 * <p>Notation in all code and documentation: {@code B} is the batch size, rows are samples, {@code
 * X [B, in]} is the input of a layer, {@code Z = X·W + b [B, out]} its pre-activation, {@code A =
 * σ(Z)} its activation, {@code W [in, out]} and {@code b [out]} its weights and bias. {@code L} is
 * the mean over the batch of the per-sample losses, and {@code dZ} means ∂L/∂Z and has the shape of
 * {@code Z}. All equations are derived in docs/maths.md.
 */
@NullMarked
package org.nn4j;

import org.jspecify.annotations.NullMarked;
