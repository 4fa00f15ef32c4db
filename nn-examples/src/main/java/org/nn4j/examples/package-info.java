/**
 * Main classes: the classic digit classifier and its relatives. Each opens with the result to
 * expect.
 */
@NullMarked
package org.nn4j.examples;

import org.jspecify.annotations.NullMarked;
