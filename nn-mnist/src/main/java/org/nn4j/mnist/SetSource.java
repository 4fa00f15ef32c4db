package org.nn4j.mnist;

/**
 * The files of a set and how to read them.
 *
 * @param files their names and fingerprints
 * @param origin where they come from
 * @param labelling how their labels tell the classes
 * @param transposed whether columns stand where rows should
 */
record SetSource(FourFiles files, Origin origin, Labelling labelling, boolean transposed) {}
