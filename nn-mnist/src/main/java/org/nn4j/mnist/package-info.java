/**
 * MNIST and its relatives, and IDX files.
 *
 * <p>{@link org.nn4j.mnist.ImageSet} loads and downloads MNIST and similar sets by name; {@link
 * org.nn4j.mnist.IdxDataset} loads any pair of IDX files. {@link org.nn4j.mnist.Idx} reads and
 * writes a complete IDX file, {@link org.nn4j.mnist.IdxReader} and {@link org.nn4j.mnist.IdxWriter}
 * in pieces. Files are validated before memory is allocated: a header that announces more than the
 * file contains throws {@link org.nn4j.mnist.IdxFormatException}.
 */
@NullMarked
package org.nn4j.mnist;

import org.jspecify.annotations.NullMarked;
