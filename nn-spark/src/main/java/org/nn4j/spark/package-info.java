/** Scoring and training on Apache Spark. */
@NullMarked
package org.nn4j.spark;

import org.jspecify.annotations.NullMarked;
