/** Tests of the programs that measure, not of speed. */
@NullMarked
package org.nn4j.benchmarks;

import org.jspecify.annotations.NullMarked;
