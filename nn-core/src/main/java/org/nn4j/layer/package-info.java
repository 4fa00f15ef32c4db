/** Layers: functions of a batch with parameters, each with its explicit forward and backward. */
@NullMarked
package org.nn4j.layer;

import org.jspecify.annotations.NullMarked;
