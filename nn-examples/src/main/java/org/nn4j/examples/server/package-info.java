/** The servers of {@code ServeModel} and {@code DigitPad}. */
@NullMarked
package org.nn4j.examples.server;

import org.jspecify.annotations.NullMarked;
