/** Small data sets drawn from a seed, for experiments and tests. */
@NullMarked
package org.nn4j.data.toy;

import org.jspecify.annotations.NullMarked;
