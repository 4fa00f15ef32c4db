/**
 * Learning rates that change during training; {@link org.nn4j.optim.schedule.Schedules} makes them.
 */
@NullMarked
package org.nn4j.optim.schedule;

import org.jspecify.annotations.NullMarked;
