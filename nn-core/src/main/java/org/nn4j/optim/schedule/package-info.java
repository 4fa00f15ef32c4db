/**
 * Learning rates that change during training, created by {@link org.nn4j.optim.schedule.Schedules}.
 */
@NullMarked
package org.nn4j.optim.schedule;

import org.jspecify.annotations.NullMarked;
