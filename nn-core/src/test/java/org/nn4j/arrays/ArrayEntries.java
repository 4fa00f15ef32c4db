package org.nn4j.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.internal.memory.Detached;

/**
 * The public entries of the library that take an array, each as a function of that array. All that
 * an entry needs beside it is made when the list is.
 */
abstract class ArrayEntries {
  /** An entry, used with an array in one of its parameters. */
  @FunctionalInterface
  interface Use {
    /**
     * Calls the entry.
     *
     * @return arrays, numbers, or a supplier of them, to be asked when the array is gone
     */
    Object of(INDArray x);
  }

  /**
   * One parameter of one entry.
   *
   * @param method as in {@code Dense.forward(INDArray,Pass)}
   * @param use calls it
   * @param writes whether the array receives the result
   */
  record Entry(String method, Use use, boolean writes) {}

  /** Entries for which the layout of an array has no meaning, or that others cover. */
  static final Map<String, String> EXEMPT =
      Map.ofEntries(
          Map.entry("Activation.forward(INDArray,INDArray)", "a contract"),
          Map.entry("Activation.backward(INDArray,INDArray,INDArray)", "a contract"),
          Map.entry("Layer.forward(INDArray,Pass)", "a contract"),
          Map.entry("Layer.backward(INDArray,Pass)", "a contract"),
          Map.entry("Layer.backwardParameters(INDArray,Pass)", "a contract"),
          Map.entry("Loss.compute(INDArray,INDArray,INDArray,INDArray)", "a contract"),
          Map.entry("Loss.requireTargets(INDArray)", "a contract"),
          Map.entry("Metric.update(INDArray,INDArray)", "a contract"),
          Map.entry("Pass.keep(Object,String,INDArray)", "keeps the array itself"),
          Map.entry(
              "LayerReport.new(String,String,INDArray,Statistics,Optional,Optional)",
              "holds what describe has made"),
          Map.entry("Require.batch(INDArray,Shape,DataType,Object,String)", "shape and type"),
          Map.entry("Require.like(INDArray,INDArray,Object,String)", "shape and type"),
          Map.entry("Shape.matches(INDArray)", "shape"),
          Map.entry("Shape.ofSamples(INDArray)", "shape"),
          Map.entry("UpdateRule.operations(INDArray,INDArray,List,List)", "vectors of optimizers"),
          Map.entry("SafetensorsReader.forEach(BiConsumer)", "gives arrays"));

  static final double TENTH = 0.1;
  static final int CLASSES = 3;

  private final List<Entry> entries = new ArrayList<>();
  final DataType type;
  final long[] shape;
  final INDArray other;

  ArrayEntries(DataType type, long[] shape) {
    this.type = type;
    this.shape = shape;
    this.other = probabilities(7, shape);
  }

  /** The entries that take an array of a data type and of the rank of a shape. */
  static List<Entry> of(DataType type, long... shape) {
    List<Entry> all = new ArrayList<>();
    for (ArrayEntries part :
        List.of(
            new ParameterEntries(type, shape),
            new NetworkEntries(type, shape),
            new LayerEntries(type, shape),
            new DataEntries(type, shape),
            new LossEntries(type, shape))) {
      part.addAll();
      all.addAll(part.entries);
    }
    return all;
  }

  /** Adds the entries of this part of the library for the rank. */
  abstract void addAll();

  void add(String method, Use use) {
    entries.add(new Entry(method, use, false));
  }

  void addWriting(String method, Use use) {
    entries.add(new Entry(method, use, true));
  }

  INDArray probabilities(long seed, long... ofShape) {
    return random(seed, ofShape).muli(TENTH).addi(1.0 / 2);
  }

  /** In no workspace, as all data of this list. */
  INDArray random(long seed, long... ofShape) {
    return Detached.make(() -> Near.random(seed, type, ofShape));
  }

  /** Targets of every loss and metric. */
  INDArray oneHot(long... ofShape) {
    INDArray rows = empty(ofShape);
    for (long i = 0; i < ofShape[0]; i++) {
      rows.putScalar(i, i % ofShape[1], 1);
    }
    return rows;
  }

  INDArray empty(long... ofShape) {
    return Detached.make(() -> Nd4j.create(type, ofShape, 'c'));
  }

  INDArray into(java.util.function.Consumer<INDArray> call) {
    INDArray result = empty(shape);
    call.accept(result);
    return result;
  }

  static INDArray a(Runnable call, INDArray result) {
    call.run();
    return result;
  }

  /** All numbers of a result, in order. */
  static double[] numbers(Object result) {
    if (result instanceof Supplier<?> later) {
      return numbers(later.get());
    }
    if (result instanceof INDArray array) {
      return Near.doubles(array);
    }
    if (result instanceof int[] numbers) {
      return Arrays.stream(numbers).asDoubleStream().toArray();
    }
    if (result instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    List<double[]> parts = new ArrayList<>();
    for (Iterator<?> all = ((List<?>) result).iterator(); all.hasNext(); ) {
      parts.add(numbers(all.next()));
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
