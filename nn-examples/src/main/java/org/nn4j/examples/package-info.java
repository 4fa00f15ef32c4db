/** Examples: main classes, whose first comment states the result to expect. */
@NullMarked
package org.nn4j.examples;

import org.jspecify.annotations.NullMarked;
