/**
 * The MNIST digits, and the IDX files that they come in.
 *
 * <p>{@link org.nn4j.mnist.Mnist} gives the two data sets of a folder with the four well-known
 * files, {@link org.nn4j.mnist.ImageSet} knows and fetches the sets of the same form by name, and
 * {@link org.nn4j.mnist.IdxDataset} takes any pair of files. {@link org.nn4j.mnist.Idx} reads and
 * writes an IDX file whole, {@link org.nn4j.mnist.IdxReader} and {@link org.nn4j.mnist.IdxWriter}
 * in pieces. A file is not believed before it is checked: a header that promises more than the file
 * holds costs an {@link org.nn4j.mnist.IdxFormatException}, not the memory.
 */
@NullMarked
package org.nn4j.mnist;

import org.jspecify.annotations.NullMarked;
