/** Training loop with its settings, listeners, checkpoints and history. */
@NullMarked
package org.nn4j.train;

import org.jspecify.annotations.NullMarked;
