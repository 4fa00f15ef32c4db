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
 * Samples with their targets, found by index.
 *
 * <p>A data set hands out copies of its rows and never the rows; it may hold them in any form.
 * Implementations are thread-safe.
 *
 * <p>A data set that was made of Java numbers or labels owns arrays outside the heap, which {@link
 * #close} frees; {@link #gather} throws {@link IllegalStateException} then. Arrays of ND4J that a
 * program gave ({@link #of(INDArray, INDArray)}) stay the program's: they are neither counted nor
 * freed. A view, such as those of {@link #take}, {@link #split} and {@link #normalize}, owns
 * nothing: close the data set that it was made from, after the last use of its views.
 */
public interface Dataset extends OffHeap {
  /**
   * The number of samples.
   *
   * @return at least 1
   */
  int size();

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
   * Copies samples.
   *
   * @param rows the indices of the samples, each from 0 to {@code size() - 1}; not to be kept, as
   *     the array is used again
   * @param inputs receives their inputs, {@code [rows.length, in...]}, of any floating-point type
   * @param targets receives their targets, {@code [rows.length, out...]}, of the same type
   * @throws IllegalArgumentException if a row does not exist, or an array has another shape
   */
  void gather(int[] rows, INDArray inputs, INDArray targets);

  /**
   * Whether samples have weights; otherwise each counts 1.
   *
   * @return false unless overridden
   */
  default boolean isWeighted() {
    return false;
  }

  /**
   * Copies the weights of samples.
   *
   * @param rows the indices of the samples
   * @param weights receives what each counts in the loss, {@code [rows.length, 1]}
   */
  default void gatherWeights(int[] rows, INDArray weights) {
    Require.notNull(rows, "Dataset.gatherWeights", "rows");
    Require.notNull(weights, "Dataset.gatherWeights", "weights");
    weights.assign(1);
  }

  /**
   * The samples as they are in an epoch of training: the same ones unless they are drawn anew for
   * each, as {@link #augment} does. {@link Batches} asks for them.
   *
   * @param number the number of the epoch, from 1
   * @return a view of this data set, of the same size and shapes; the same number gives the same
   *     samples
   */
  default Dataset inEpoch(int number) {
    return this;
  }

  /**
   * Returns the bytes outside the Java heap that this data set owns.
   *
   * @return 0 for views and for data in Java arrays, unless overridden
   */
  @Override
  default long offHeapBytes() {
    return 0;
  }

  /** Frees the arrays that this data set owns; nothing unless overridden. */
  @Override
  default void close() {}

  /**
   * The class that each target names, by the rule of {@link Labels#classOfTarget}.
   *
   * @return one class for each sample, {@link Labels#NO_CLASS} where a target names none
   * @throws ShapeMismatchException if a target is not a row
   */
  default int[] classes() {
    return Labels.classesOf(this);
  }

  /**
   * Some of the samples; none is copied.
   *
   * @param rows their indices, in the order that the subset has
   * @return a view of this data set
   * @throws IllegalArgumentException if there is no row, or one does not exist
   */
  default Dataset subset(int... rows) {
    Require.notNull(rows, "Dataset.subset", "rows");
    return new Subset(this, rows.clone());
  }

  /**
   * Sets samples aside, drawn without regard to their class. No sample is copied.
   *
   * @param validationFraction the share to set aside, in (0, 1), rounded to whole samples
   * @param seed decides which
   * @return both parts, each in the order of this data set
   * @throws IllegalArgumentException if the fraction is out of range, or leaves a part without a
   *     sample
   */
  default Split split(double validationFraction, long seed) {
    return Split.anywhere(this, validationFraction, seed);
  }

  /**
   * Sets the same share of each class aside, as nearly as whole samples allow. No sample is copied.
   *
   * @param validationFraction the share to set aside, in (0, 1), rounded to whole samples
   * @param seed decides which
   * @return both parts, each in the order of this data set
   * @throws IllegalArgumentException if the fraction is out of range or leaves a part without a
   *     sample, or a target names no class ({@link Labels#classOfTarget}), as in a regression
   * @throws ShapeMismatchException if a target is not a row
   */
  default Split splitStratified(double validationFraction, long seed) {
    return Split.stratified(this, validationFraction, seed);
  }

  /**
   * The first samples.
   *
   * @param count how many, from 1 to {@link #size}
   * @return a view of this data set
   * @throws IllegalArgumentException if there are not as many
   */
  default Dataset take(int count) {
    return Subset.first(this, count);
  }

  /**
   * The same samples in an order that is drawn once. Training draws an order for each epoch anyway;
   * this is for {@link #take} and for {@link Batches#inOrder}.
   *
   * @param seed decides the order
   * @return a view of this data set
   */
  default Dataset shuffle(long seed) {
    return Subset.shuffled(this, seed);
  }

  /**
   * These samples, then those of another set. None is copied before it is gathered.
   *
   * @param other of the same shapes, with weights if this one has
   * @return a view of both
   * @throws ShapeMismatchException if the shapes differ
   * @throws IllegalArgumentException if one of them has weights and the other has not
   */
  default Dataset concat(Dataset other) {
    Require.notNull(other, "Dataset.concat", "other");
    return new ConcatDataset(List.of(this, other));
  }

  /**
   * The same samples with a function of their inputs, which is taken when they are gathered.
   *
   * <pre>{@code
   * Dataset logs = data.mapInputs(x -> Transforms.log(x));
   * Dataset rows = images.mapInputs(x -> x.reshape(x.size(0), 784));
   * }</pre>
   *
   * <p>Where this data set holds doubles (or integers that floats round), or is an implementation
   * of your own, the rows are DOUBLE and the result is cast to the type of the batch afterwards.
   * Otherwise the rows are of the type of the batch.
   *
   * @param function of rows {@code [B, in...]}, one for each sample: returns a row for each row,
   *     which depends on that row alone, in a new array or in the same one; it is called by several
   *     threads at once, and now with the first sample, for its shape
   * @return a view of this data set
   * @throws ShapeMismatchException if the function does not give one row for a row
   */
  default Dataset mapInputs(UnaryOperator<INDArray> function) {
    Require.notNull(function, "Dataset.mapInputs", "function");
    return MappedDataset.ofInputs(this, function);
  }

  /**
   * The same samples with a function of their targets, such as the scaling of a regression's; see
   * {@link #mapInputs}.
   *
   * @param function of rows {@code [B, out...]}
   * @return a view of this data set
   * @throws ShapeMismatchException if the function does not give one row for a row
   */
  default Dataset mapTargets(UnaryOperator<INDArray> function) {
    Require.notNull(function, "Dataset.mapTargets", "function");
    return MappedDataset.ofTargets(this, function);
  }

  /**
   * The same samples with scaled inputs: {@code x = (raw − mean) / deviation}. Take the numbers of
   * the training data, {@link InputStatistics}, for validation data too, and save them with the
   * network.
   *
   * <p>Inputs are scaled in double precision and cast to the type of the batch afterwards: {@link
   * InputScaling#apply(INDArray)} returns the same bits for the same numbers.
   *
   * @param scaling what is done to each input
   * @return a view of this data set
   * @throws IllegalArgumentException if the scaling has neither one mean nor one for each number
   */
  default Dataset normalize(InputScaling scaling) {
    Require.notNull(scaling, "Dataset.normalize", "scaling");
    return new ScaledDataset(this, scaling);
  }

  /**
   * The same samples, whose inputs are changed at random in each epoch of training. They are
   * changed when they are gathered, and kept nowhere; evaluations, and {@link #gather} itself, see
   * them as they are.
   *
   * <p>What a sample becomes depends on the seed, the epoch and its index alone: not on the batch
   * it is in, nor on the number of threads, and a run that is resumed sees what it would have seen.
   *
   * <p>An augmentation works on floats: {@linkplain #normalize normalize} large numbers first.
   *
   * @param augmentation changes a sample
   * @param seed decides how
   * @return a view of this data set
   * @throws IllegalArgumentException if samples of this shape cannot be changed so
   */
  default Dataset augment(Augmentation augmentation, long seed) {
    Require.notNull(augmentation, "Dataset.augment", "augmentation");
    return new AugmentedDataset(this, augmentation, seed);
  }

  /**
   * The same samples, which count differently: {@code L = Σ w loss / B} over the samples of a
   * batch. The mean is over their number, not over the sum of the weights, as with class weights of
   * a loss.
   *
   * @param weights w, one for each sample, each 0 or more; copied
   * @return a view of this data set
   * @throws IllegalArgumentException if there are weights already, their number differs from that
   *     of the samples, or one is negative or not finite
   */
  default Dataset withWeights(double... weights) {
    Require.notNull(weights, "Dataset.withWeights", "weights");
    return new WeightedDataset(this, weights);
  }

  /**
   * The same samples, each with the weight of its class; see {@link #withWeights}.
   *
   * @param weights one for each class, each 0 or more
   * @return a view of this data set
   * @throws IllegalArgumentException if there are weights already, there are more or fewer weights
   *     than classes (two for targets of one number), a target names no class ({@link
   *     Labels#classOfTarget}), as in a regression, or a weight is negative or not finite
   * @throws ShapeMismatchException if a target is not a row
   */
  default Dataset withClassWeights(double... weights) {
    Require.notNull(weights, "Dataset.withClassWeights", "weights");
    return withWeights(WeightedDataset.byClass(this, weights));
  }

  /**
   * A data set of two arrays of any data type and layout; do not change them while it is in use. An
   * array in an ND4J workspace is copied, because the data set may outlive the workspace.
   *
   * @param inputs {@code [N, in...]}
   * @param targets {@code [N, out...]}
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, or the numbers of rows differ
   */
  static Dataset of(INDArray inputs, INDArray targets) {
    Require.notNull(inputs, "Dataset.of", "inputs");
    Require.notNull(targets, "Dataset.of", "targets");
    return new ArrayDataset(TypedRows.of(inputs), TypedRows.of(targets));
  }

  /**
   * A data set of an array and integer class labels, whose targets are one-hot rows.
   *
   * @param inputs {@code [N, in...]}, as for {@link #of(INDArray, INDArray)}
   * @param labels the class of each sample, from 0 to {@code classes - 1}
   * @param classes the number of classes
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, the numbers of inputs and labels
   *     differ, or a label is out of range
   */
  static Dataset ofLabels(INDArray inputs, int[] labels, int classes) {
    Require.notNull(inputs, "Dataset.ofLabels", "inputs");
    INDArray targets = Labels.oneHot(labels, classes, inputs.dataType());
    return new ArrayDataset(TypedRows.of(inputs), TypedRows.owning(targets));
  }

  /**
   * A data set of Java numbers, kept in double precision.
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
   * A data set of Java numbers and integer class labels, kept in double precision; targets are
   * one-hot rows.
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
   * A data set of all samples that an iterator has left, kept in memory in double precision. What
   * does not fit there is for {@link BatchSource#ofSamples}.
   *
   * @param samples at least one, all with the same numbers of inputs and targets
   * @return the data set
   * @throws IllegalArgumentException if there is no sample, or they differ in length
   */
  static Dataset ofSamples(Iterator<Sample> samples) {
    Require.notNull(samples, "Dataset.ofSamples", "samples");
    return ArrayDataset.of(samples);
  }

  /**
   * A data set of images with a byte for each pixel and a class label for each image. A batch holds
   * pixels as numbers in [0, 1] and labels as one-hot rows.
   *
   * @param pixels the images one after the other, each pixel from 0 to 255; not copied
   * @param imageShape the shape of one image as the network takes it, such as {@code [784]}
   * @param labels the class of each image, from 0 to {@code classes - 1}; not copied
   * @param classes the number of classes
   * @return the data set
   * @throws IllegalArgumentException if there is no image, the numbers of pixels and labels do not
   *     agree, or a label is out of range
   */
  static Dataset ofPixels(byte[] pixels, Shape imageShape, int[] labels, int classes) {
    Require.notNull(pixels, "Dataset.ofPixels", "pixels");
    Require.notNull(imageShape, "Dataset.ofPixels", "imageShape");
    Require.notNull(labels, "Dataset.ofPixels", "labels");
    return new PixelDataset(pixels, imageShape, labels, classes);
  }
}
