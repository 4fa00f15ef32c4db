/**
 * Benchmarks: the four workloads of the comparison with other libraries, their parts under JMH, a
 * soak test and the start-up time. The Javadoc of each main class describes its output; {@code
 * README.md} of the module has the commands.
 */
@NullMarked
package org.nn4j.benchmarks;

import org.jspecify.annotations.NullMarked;
