/**
 * Listeners that report the progress of training, stop it at a limit, or lower the learning rate.
 */
@NullMarked
package org.nn4j.train.listener;

import org.jspecify.annotations.NullMarked;
