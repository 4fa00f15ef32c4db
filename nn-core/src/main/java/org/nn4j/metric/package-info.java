/** Measures of a trained network, separate from the losses that train it. */
@NullMarked
package org.nn4j.metric;

import org.jspecify.annotations.NullMarked;
