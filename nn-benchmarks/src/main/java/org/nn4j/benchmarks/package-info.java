/**
 * How fast the library is: the four workloads that are compared with other libraries, their parts
 * under JMH, a soak and the time to start. The Javadoc of each main class describes its output;
 * {@code README.md} of the module has the commands.
 */
@NullMarked
package org.nn4j.benchmarks;

import org.jspecify.annotations.NullMarked;
