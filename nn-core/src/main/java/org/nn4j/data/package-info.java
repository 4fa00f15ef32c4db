/** Data sets, and their batches in an order that the seed decides. */
@NullMarked
package org.nn4j.data;

import org.jspecify.annotations.NullMarked;
