/**
 * Data sets and their batches.
 *
 * <p>{@link org.nn4j.data.Dataset} is where to begin: it is made of arrays, images or samples, and
 * has methods that split, cut, join, map, normalize and augment it. {@link org.nn4j.data.Batches}
 * cuts it into batches in an order that the seed decides; {@link org.nn4j.data.BatchSource} is for
 * data that is never in memory together. CSV files are in {@code csv}, images that are distorted at
 * random in {@code image}, small problems to try a network on in {@code toy}.
 */
@NullMarked
package org.nn4j.data;

import org.jspecify.annotations.NullMarked;
