package org.nn4j.data;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;

/**
 * Batches, epoch by epoch, of data that need never be in memory together: read from files, drawn
 * from a generator, or cut from a {@link Dataset} ({@link Batches}).
 *
 * <p>Not thread-safe.
 */
public interface BatchSource {
  /**
   * The shape of one input.
   *
   * @return the shape, without the batch
   */
  Shape inputShape();

  /**
   * The shape of one target.
   *
   * @return the shape, without the batch
   */
  Shape targetShape();

  /**
   * The batches of an epoch, read anew. Ends whatever epoch was under way.
   *
   * <p>Where the same number gives the same batches, a run can be repeated, and resumed in the
   * middle of an epoch.
   *
   * @param number the number of the epoch, from 1
   * @return at least one batch
   * @throws IllegalArgumentException if the number is below 1
   */
  Epoch epoch(int number);

  /**
   * The batches to measure on, read anew. Ends whatever epoch was under way.
   *
   * <p>A {@link Batches} returns the samples without {@linkplain Dataset#augment augmentation}, in
   * the order of the data; any other source epoch 1 unless it overrides this method.
   *
   * @return at least one batch
   */
  default Epoch evaluation() {
    return epoch(1);
  }

  /**
   * The number of batches in an epoch, for reports of progress.
   *
   * @return empty if it is not known before the end
   */
  default OptionalInt batchesPerEpoch() {
    return OptionalInt.empty();
  }

  /**
   * The same batches with scaled inputs; see {@link Dataset#normalize}. Samples ({@link
   * #ofSamples}) and data sets ({@link Batches}) are scaled before they are cast to the data type
   * of the batches. Of any other source the batches are scaled, each as {@link
   * InputScaling#apply(INDArray)} does.
   *
   * @param scaling what is done to each input
   * @return a source that reads this one
   * @throws IllegalArgumentException if the scaling has neither one mean nor one for each number
   */
  default BatchSource normalize(InputScaling scaling) {
    Require.notNull(scaling, "BatchSource.normalize", "scaling");
    return new ScaledBatches(this, scaling);
  }

  /**
   * The same samples in an order drawn anew for each epoch: for sources that come in the order of a
   * file, above all one that is sorted by class.
   *
   * <p>A buffer is filled with the first samples of the source. Each sample that is given is any of
   * those in the buffer with the same probability, and the next of the source takes its place. So a
   * sample comes at most {@code samples} places early: only a buffer of the size of the data makes
   * all orders equally likely. A file sorted by class needs a buffer larger than its largest class.
   *
   * <p>Each sample is given once an epoch, in batches of the sizes that the source's have. The
   * order depends on the seed, the number of the epoch, the size of the buffer and the order of the
   * source alone, so an epoch can be repeated, and a run resumed in the middle of one.
   *
   * <p>The buffer takes {@code samples * (in + out)} times 4 bytes of the heap for batches of
   * FLOAT, else 8, and no more than the source has samples.
   *
   * @param samples the size of the buffer, at least 1
   * @param seed decides the orders
   * @return a source that reads this one, and closes its epochs
   * @throws IllegalArgumentException if the buffer is below 1
   */
  default BatchSource shuffled(int samples, long seed) {
    return new ShuffledBatches(this, samples, seed);
  }

  /**
   * A source of a function that opens an epoch.
   *
   * <pre>{@code
   * BatchSource.of(Shape.of(784), Shape.of(10), epoch -> () -> new MyFileReader(path))
   * }</pre>
   *
   * @param inputShape the shape of one input
   * @param targetShape the shape of one target
   * @param epochs opens the epoch of a number, from 1; its iterator gives batches of any size, of
   *     the data type of the network
   * @return a source of unknown length
   */
  static BatchSource of(Shape inputShape, Shape targetShape, IntFunction<Epoch> epochs) {
    Require.notNull(inputShape, "BatchSource.of", "inputShape");
    Require.notNull(targetShape, "BatchSource.of", "targetShape");
    Require.notNull(epochs, "BatchSource.of", "epochs");
    return new StreamedBatches(inputShape, targetShape, epochs);
  }

  /**
   * A source of a stream of samples that holds one batch in memory at a time. Java's streams map,
   * filter and limit them.
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
   * @throws IllegalArgumentException if the batch size is below 1
   */
  static BatchSource ofSamples(
      Shape inputShape,
      Shape targetShape,
      int batchSize,
      DataType type,
      IntFunction<Stream<Sample>> samples) {
    Require.notNull(inputShape, "BatchSource.ofSamples", "inputShape");
    Require.notNull(targetShape, "BatchSource.ofSamples", "targetShape");
    Require.notNull(type, "BatchSource.ofSamples", "type");
    Require.notNull(samples, "BatchSource.ofSamples", "samples");
    return new SampleBatches(inputShape, targetShape, batchSize, type, samples, List.of());
  }
}
