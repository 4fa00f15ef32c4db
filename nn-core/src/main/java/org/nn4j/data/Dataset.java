package org.nn4j.data;

import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.OffHeap;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;

/**
 * Samples with their targets, by index.
 *
 * <p>A data set returns copies of its rows and may store them in any form. Implementations are
 * thread-safe.
 *
 * <p>A data set of Java arrays or labels owns arrays outside the Java heap, which {@link #close}
 * frees; {@link #gather} throws {@link IllegalStateException} afterwards. It does not own the
 * arrays passed to {@link #of(INDArray, INDArray)}: they are neither counted nor freed. A view,
 * such as those of {@link #take}, {@link #split} and {@link #normalize}, owns at most a copy of the
 * rows that it has computed, which closing the view frees: close its data set after the last use of
 * the view.
 */
public interface Dataset extends OffHeap {
  /**
   * Returns the number of samples.
   *
   * @return at least 1
   */
  int size();

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
   * Copies samples.
   *
   * @param rows the indices of the samples, each from 0 to {@code size() - 1}; do not keep the
   *     array, which is reused
   * @param inputs receives their inputs, {@code [rows.length, in...]}, of any floating-point type
   * @param targets receives their targets, {@code [rows.length, out...]}, of the same type
   * @throws IllegalArgumentException if a row does not exist, or an array has another shape
   */
  void gather(int[] rows, INDArray inputs, INDArray targets);

  /**
   * Returns whether samples have weights; otherwise each has weight 1.
   *
   * @return false by default
   */
  default boolean isWeighted() {
    return false;
  }

  /**
   * Copies the weights of samples.
   *
   * @param rows the indices of the samples
   * @param weights receives the weight of each in the loss, {@code [rows.length, 1]}
   */
  default void gatherWeights(int[] rows, INDArray weights) {
    Require.notNull(rows, "Dataset.gatherWeights", "rows");
    Require.notNull(weights, "Dataset.gatherWeights", "weights");
    weights.assign(1);
  }

  /**
   * Returns the samples of an epoch of training: this data set, unless samples differ from epoch to
   * epoch, as with {@link #augment}. Batches call this method.
   *
   * @param number the number of the epoch, from 1
   * @return a view of this data set, of the same size and shapes; equal numbers yield equal samples
   */
  default Dataset inEpoch(int number) {
    return this;
  }

  /**
   * Returns the bytes outside the Java heap that this data set owns.
   *
   * @return 0 by default, and for data in Java arrays
   */
  @Override
  default long offHeapBytes() {
    return 0;
  }

  /** Frees the arrays that this data set owns. Does nothing by default. */
  @Override
  default void close() {}

  /**
   * Returns the class of each target, by the rule of {@link Labels#classOfTarget}.
   *
   * @return one class for each sample, {@link Labels#NO_CLASS} where a target has none
   * @throws ShapeMismatchException if a target is not a row
   */
  default int[] classes() {
    return Labels.classesOf(this);
  }

  /**
   * Returns a view of some of the samples.
   *
   * @param rows their indices, in the order of the subset
   * @return a view of this data set
   * @throws IllegalArgumentException if there is no row, or one does not exist
   */
  default Dataset subset(int... rows) {
    Require.notNull(rows, "Dataset.subset", "rows");
    return new Subset(this, rows.clone());
  }

  /**
   * Splits the samples at random, regardless of class. No sample is copied.
   *
   * @param validationFraction the share to set aside, in (0, 1), rounded to whole samples
   * @param seed determines the choice
   * @return both parts, each in the order of this data set
   * @throws IllegalArgumentException if the fraction is out of range, or leaves a part without a
   *     sample
   */
  default Split split(double validationFraction, long seed) {
    return Split.anywhere(this, validationFraction, seed);
  }

  /**
   * Splits the samples of each class in the same ratio, as nearly as whole samples allow. No sample
   * is copied.
   *
   * @param validationFraction the share to set aside, in (0, 1), rounded to whole samples
   * @param seed determines the choice
   * @return both parts, each in the order of this data set
   * @throws IllegalArgumentException if the fraction is out of range or leaves a part without a
   *     sample, or a target has no class ({@link Labels#classOfTarget}), as in a regression
   * @throws ShapeMismatchException if a target is not a row
   */
  default Split splitStratified(double validationFraction, long seed) {
    return Split.stratified(this, validationFraction, seed);
  }

  /**
   * Returns a view of the first samples.
   *
   * @param count the number of samples, from 1 to {@link #size}
   * @return a view of this data set
   * @throws IllegalArgumentException if it is out of range
   */
  default Dataset take(int count) {
    return Subset.first(this, count);
  }

  /**
   * Returns a view in one random order, for {@link #take} and batches in order. Training shuffles
   * each epoch by itself.
   *
   * @param seed determines the order
   * @return a view of this data set
   */
  default Dataset shuffle(long seed) {
    return Subset.shuffled(this, seed);
  }

  /**
   * Returns a view of these samples followed by those of another set.
   *
   * @param other of the same shapes, with weights if this one has
   * @return a view of both
   * @throws ShapeMismatchException if the shapes differ
   * @throws IllegalArgumentException if only one of them has weights
   */
  default Dataset concat(Dataset other) {
    Require.notNull(other, "Dataset.concat", "other");
    return new ConcatDataset(List.of(this, other));
  }

  /**
   * Returns a view with a function of the inputs, which is applied when samples are gathered.
   *
   * <pre>{@code
   * Dataset logs = data.mapInputs(x -> Transforms.log(x));
   * Dataset rows = images.mapInputs(x -> x.reshape(x.size(0), 784));
   * }</pre>
   *
   * <p>If this data set has doubles (or integers that floats round), or is your own implementation,
   * the rows are DOUBLE and the result is cast to the type of the batch. Otherwise the rows have
   * the type of the batch. If this data set is in memory, each row is mapped once and cached, up to
   * four million elements.
   *
   * @param function of rows {@code [B, in...]}, one for each sample: returns one row for each row,
   *     which depends only on that row, in a new array or in the same one. Several threads call it
   *     at once; this method calls it with the first sample, for its shape
   * @return a view of this data set
   * @throws ShapeMismatchException if the function does not return one row for each row
   */
  default Dataset mapInputs(UnaryOperator<INDArray> function) {
    Require.notNull(function, "Dataset.mapInputs", "function");
    return MappedDataset.ofInputs(this, function);
  }

  /**
   * Returns a view with a function of the targets, such as a scaling for regression; see {@link
   * #mapInputs}.
   *
   * @param function of rows {@code [B, out...]}
   * @return a view of this data set
   * @throws ShapeMismatchException if the function does not return one row for each row
   */
  default Dataset mapTargets(UnaryOperator<INDArray> function) {
    Require.notNull(function, "Dataset.mapTargets", "function");
    return MappedDataset.ofTargets(this, function);
  }

  /**
   * Returns a view with scaled inputs: {@code x = (raw − mean) / deviation}. Use the {@link
   * org.nn4j.data.batch.InputStatistics} of the training data for the validation data too, and save
   * the scaling with the network.
   *
   * <p>Inputs are scaled in double precision and then cast to the type of the batch: {@link
   * InputScaling#apply(INDArray)} returns the same bits for the same inputs. If this data set is in
   * memory, scaled rows are cached, up to four million elements.
   *
   * @param scaling applied to each input
   * @return a view of this data set
   * @throws IllegalArgumentException if the scaling has neither one mean nor one for each element
   */
  default Dataset normalize(InputScaling scaling) {
    Require.notNull(scaling, "Dataset.normalize", "scaling");
    return new ScaledDataset(this, scaling);
  }

  /**
   * Returns a view whose inputs are changed at random in each epoch of training, when they are
   * gathered. Evaluations and {@link #gather} use the unchanged inputs.
   *
   * <p>The change depends only on the seed, the epoch and the index of the sample, not on its batch
   * or the number of threads. A resumed run uses the same samples.
   *
   * <p>An augmentation works on floats: {@linkplain #normalize normalize} large numbers first. In
   * double precision its change of an element is added to the element.
   *
   * @param augmentation changes a sample
   * @param seed determines the changes
   * @return a view of this data set
   * @throws IllegalArgumentException if the augmentation does not accept samples of this shape
   */
  default Dataset augment(Augmentation augmentation, long seed) {
    Require.notNull(augmentation, "Dataset.augment", "augmentation");
    return new AugmentedDataset(this, augmentation, seed);
  }

  /**
   * Returns a view with weights: {@code L = Σ w loss / B} over the samples of a batch. The divisor
   * is the number of samples, not the sum of the weights, as with class weights of a loss.
   *
   * @param weights w, one for each sample, each 0 or more; copied
   * @return a view of this data set
   * @throws IllegalArgumentException if there are weights already, their number differs from that
   *     of the samples, one is negative or not finite, or all are 0
   */
  default Dataset withWeights(double... weights) {
    Require.notNull(weights, "Dataset.withWeights", "weights");
    Dataset weighted = new WeightedDataset(this, weights);
    WeightedDataset.requireNotAllZero(weights);
    return weighted;
  }

  /**
   * Returns a view in which each sample has the weight of its class; see {@link #withWeights}.
   *
   * @param weights one for each class, each 0 or more
   * @return a view of this data set
   * @throws IllegalArgumentException if there are weights already, there are more or fewer weights
   *     than classes (two for targets of one element), a target has no class ({@link
   *     Labels#classOfTarget}), as in a regression, a weight is negative or not finite, or all are
   *     0
   * @throws ShapeMismatchException if a target is not a row
   */
  default Dataset withClassWeights(double... weights) {
    Require.notNull(weights, "Dataset.withClassWeights", "weights");
    return new WeightedDataset(this, WeightedDataset.byClass(this, weights));
  }

  /**
   * Returns a data set of two arrays of any data type and layout; do not change them afterwards,
   * because batches of another data type come from a copy. An array in an ND4J workspace is copied,
   * because the data set may outlive the workspace.
   *
   * @param inputs {@code [N, in...]}
   * @param targets {@code [N, out...]}
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, the numbers of rows differ, or an array
   *     is not numeric
   */
  static Dataset of(INDArray inputs, INDArray targets) {
    Require.notNull(inputs, "Dataset.of", "inputs");
    Require.notNull(targets, "Dataset.of", "targets");
    return new ArrayDataset(TypedRows.of(inputs), TypedRows.of(targets));
  }

  /**
   * Returns a data set of an array and integer class labels, with one-hot targets.
   *
   * @param inputs {@code [N, in...]}, as for {@link #of(INDArray, INDArray)}
   * @param labels the class of each sample, from 0 to {@code classes - 1}
   * @param classes the number of classes
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, the numbers of inputs and labels
   *     differ, a label is out of range, or the array is not numeric
   */
  static Dataset ofLabels(INDArray inputs, int[] labels, int classes) {
    Require.notNull(inputs, "Dataset.ofLabels", "inputs");
    TypedRows rows = TypedRows.of(inputs);
    INDArray targets = Labels.oneHot(labels, classes, inputs.dataType());
    return new ArrayDataset(rows, TypedRows.owning(targets));
  }

  /**
   * Returns a data set of Java arrays, kept in double precision.
   *
   * @param inputs {@code [N][in]}; copied
   * @param targets {@code [N][out]}; copied
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, the numbers of rows differ, or rows are
   *     of different lengths
   */
  static Dataset of(double[][] inputs, double[][] targets) {
    Checks.noNulls(inputs, "Dataset.of", "inputs");
    Checks.noNulls(targets, "Dataset.of", "targets");
    return new ArrayDataset(TypedRows.of(inputs, "inputs"), TypedRows.of(targets, "targets"));
  }

  /**
   * Returns a data set of Java arrays, kept in double precision, and integer class labels, with
   * one-hot targets.
   *
   * @param inputs {@code [N][in]}; copied
   * @param labels the class of each sample, from 0 to {@code classes - 1}
   * @param classes the number of classes
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, the numbers of inputs and labels
   *     differ, rows are of different lengths, or a label is out of range
   */
  static Dataset ofLabels(double[][] inputs, int[] labels, int classes) {
    Checks.noNulls(inputs, "Dataset.ofLabels", "inputs");
    Require.notNull(labels, "Dataset.ofLabels", "labels");
    return new ArrayDataset(
        TypedRows.of(inputs, "inputs"),
        TypedRows.owning(Labels.oneHot(labels, classes, DataType.DOUBLE)));
  }

  /**
   * Returns a data set of the remaining samples of an iterator, kept in memory in double precision.
   * Use {@link org.nn4j.data.batch.BatchSource#ofSamples} for more than fits into memory.
   *
   * @param samples at least one, all with inputs of one length and targets of one length
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, or they differ in length
   */
  static Dataset ofSamples(Iterator<Sample> samples) {
    Require.notNull(samples, "Dataset.ofSamples", "samples");
    return ArrayDataset.of(samples);
  }

  /**
   * Returns a data set of images with one byte per pixel and one class label per image. A batch
   * contains pixels divided by 255, from 0 to 1, and one-hot labels.
   *
   * @param pixels the images one after the other, each pixel from 0 to 255; not copied
   * @param imageShape the shape of one image, such as {@code [784]}
   * @param labels the class of each image, from 0 to {@code classes - 1}; not copied
   * @param classes the number of classes
   * @return the data set
   * @throws IllegalArgumentException if there is no image, the numbers of pixels and labels do not
   *     match, or a label is out of range
   */
  static Dataset ofPixels(byte[] pixels, Shape imageShape, int[] labels, int classes) {
    Require.notNull(pixels, "Dataset.ofPixels", "pixels");
    Require.notNull(imageShape, "Dataset.ofPixels", "imageShape");
    Require.notNull(labels, "Dataset.ofPixels", "labels");
    return new PixelDataset(pixels, imageShape, labels, classes);
  }
}
