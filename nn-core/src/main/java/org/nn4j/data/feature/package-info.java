/** Features: raw columns of numbers, truth values and texts, and the numbers that they become. */
@NullMarked
package org.nn4j.data.feature;

import org.jspecify.annotations.NullMarked;
