package org.nn4j.data.batch;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.Sample;
import org.nn4j.internal.Checks;

/**
 * Source of batches, epoch by epoch, of data that need not fit into memory: read from files, drawn
 * from a generator, or taken from a {@link Dataset} ({@link Batches}).
 *
 * <p>Not thread-safe.
 */
public interface BatchSource {
  /**
   * Returns the shape of one input.
   *
   * @return the shape, without the batch
   */
  Shape inputShape();

  /**
   * Returns the shape of one target.
   *
   * @return the shape, without the batch
   */
  Shape targetShape();

  /**
   * Opens an epoch. Ends any epoch that is open.
   *
   * <p>If equal numbers yield equal batches, a run can be repeated, and resumed within an epoch.
   *
   * @param number the number of the epoch, from 1
   * @return at least one batch
   * @throws IllegalArgumentException if the number is below 1
   */
  Epoch epoch(int number);

  /**
   * Opens the batches for evaluation. Ends any epoch that is open.
   *
   * <p>{@link Batches} returns the samples without {@linkplain Dataset#augment augmentation}, in
   * the order of the data. The default is epoch 1.
   *
   * @return at least one batch
   */
  default Epoch evaluation() {
    return epoch(1);
  }

  /**
   * Returns the number of batches in an epoch, for reports of progress.
   *
   * @return empty, the default, if it is unknown before the end
   */
  default OptionalInt batchesPerEpoch() {
    return OptionalInt.empty();
  }

  /**
   * Returns the same batches with scaled inputs; see {@link Dataset#normalize}. Samples ({@link
   * #ofSamples}) and data sets ({@link Batches}) are scaled before they are cast to the data type
   * of the batches. The batches of other sources are scaled by {@link
   * InputScaling#apply(INDArray)}.
   *
   * @param scaling applied to each input
   * @return a source that reads this one
   * @throws IllegalArgumentException if the scaling has neither one mean nor one for each element
   */
  default BatchSource normalize(InputScaling scaling) {
    Require.notNull(scaling, "BatchSource.normalize", "scaling");
    return new ScaledBatches(this, scaling);
  }

  /**
   * Returns the same samples in a random order, another for each epoch. For files that are sorted,
   * above all by class.
   *
   * <p>A buffer is filled with the first samples of the source. Each sample is drawn uniformly from
   * the buffer, and the next of the source takes its place. A sample moves at most {@code samples}
   * places forward, so only a buffer of the size of the data makes all orders equally likely. A
   * file sorted by class needs a buffer larger than its largest class.
   *
   * <p>Each sample occurs once an epoch; batches have the sizes of the source's. The order depends
   * only on the seed, the number of the epoch, the size of the buffer and the order of the source,
   * so an epoch can be repeated, and a run resumed within an epoch.
   *
   * <p>The buffer takes {@code samples * (in + out)} times 4 bytes of the Java heap for batches of
   * FLOAT, else 8, but no more than the source has samples.
   *
   * @param samples the size of the buffer, at least 1
   * @param seed determines the orders
   * @return a source that reads this one, and closes its epochs
   * @throws IllegalArgumentException if the buffer is below 1
   */
  default BatchSource shuffled(int samples, long seed) {
    return new ShuffleBuffer(this, samples, seed);
  }

  /**
   * Returns a source of a function that opens an epoch.
   *
   * <pre>{@code
   * BatchSource.of(Shape.of(784), Shape.of(10), epoch -> () -> new MyFileReader(path))
   * }</pre>
   *
   * @param inputShape the shape of one input
   * @param targetShape the shape of one target
   * @param epochs opens the epoch of a number, from 1; its iterator returns batches of any size, of
   *     the data type of the network
   * @return a source of unknown length
   */
  static BatchSource of(Shape inputShape, Shape targetShape, IntFunction<Epoch> epochs) {
    Require.notNull(inputShape, "BatchSource.of", "inputShape");
    Require.notNull(targetShape, "BatchSource.of", "targetShape");
    Require.notNull(epochs, "BatchSource.of", "epochs");
    return new FunctionBatchSource(inputShape, targetShape, epochs);
  }

  /**
   * Returns a source of a stream of samples, with one batch in memory at a time. Java's streams
   * map, filter and limit them.
   *
   * <pre>{@code
   * BatchSource.ofSamples(Shape.of(4), Shape.of(3), 32, FLOAT, epoch -> readMyFile().map(...))
   * }</pre>
   *
   * @param inputShape the shape of one input
   * @param targetShape the shape of one target
   * @param batchSize the number of samples in a batch, at least 1; the last may have fewer
   * @param type the data type of the network
   * @param samples opens the samples of the epoch of a number, from 1; closed at its end
   * @return a source of unknown length
   * @throws IllegalArgumentException if the batch size is below 1, or the data type neither FLOAT
   *     nor DOUBLE
   */
  static BatchSource ofSamples(
      Shape inputShape,
      Shape targetShape,
      int batchSize,
      DataType type,
      IntFunction<Stream<Sample>> samples) {
    Require.notNull(inputShape, "BatchSource.ofSamples", "inputShape");
    Require.notNull(targetShape, "BatchSource.ofSamples", "targetShape");
    Checks.floatOrDouble(type, "BatchSource.ofSamples");
    Require.notNull(samples, "BatchSource.ofSamples", "samples");
    return new SampleStream(inputShape, targetShape, batchSize, type, samples, List.of());
  }
}
