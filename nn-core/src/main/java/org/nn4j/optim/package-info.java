/**
 * Optimizers: rules that change parameters by their gradients; {@link org.nn4j.optim.Optimizers}
 * makes them. With them what surrounds a step: learning rates over time ({@link
 * org.nn4j.optim.schedule.Schedules}), penalties on weights ({@link org.nn4j.optim.Penalties}) and
 * {@link org.nn4j.optim.GradientClipping}.
 *
 * <p>Each works on the packed vector in a number of passes that does not depend on the number of
 * layers, and makes no array once its state is there.
 */
@NullMarked
package org.nn4j.optim;

import org.jspecify.annotations.NullMarked;
