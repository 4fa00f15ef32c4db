/** Small data sets, made from a seed, to learn with, to try a network on and to test with. */
@NullMarked
package org.nn4j.data.toy;

import org.jspecify.annotations.NullMarked;
