/**
 * Data sets, their batches in an order that the seed decides, and sources of batches that are never
 * in memory together.
 */
@NullMarked
package org.nn4j.data;

import org.jspecify.annotations.NullMarked;
