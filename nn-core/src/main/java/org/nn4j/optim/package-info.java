/**
 * Optimizers, created by {@link org.nn4j.optim.Optimizers}, which change parameters by their
 * gradients; learning-rate schedules ({@link org.nn4j.optim.schedule.Schedules}), penalties on
 * weights ({@link org.nn4j.optim.Penalties}) and {@link org.nn4j.optim.GradientClipping}.
 *
 * <p>Optimizers work on the packed vector, in a number of passes that does not depend on the number
 * of layers, and allocate no array after the first step.
 */
@NullMarked
package org.nn4j.optim;

import org.jspecify.annotations.NullMarked;
