/** The training loop: five visible lines; its settings, its listeners and its history. */
@NullMarked
package org.nn4j.train;

import org.jspecify.annotations.NullMarked;
