/** The training loop: five visible lines, with listeners, metrics and validation around them. */
@NullMarked
package org.nn4j.train;

import org.jspecify.annotations.NullMarked;
