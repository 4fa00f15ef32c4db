package org.nn4j.data.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.InputScaling;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.NewArrays;

/**
 * Samples of a source in a random order: each is drawn uniformly from a buffer, and the next of the
 * source takes its place.
 *
 * <p>The batches have the sizes of the source's batches.
 */
final class ShuffleBuffer implements BatchSource {
  private final BatchSource source;
  private final int capacity;
  private final long seed;
  private @Nullable ShuffledEpoch open;

  ShuffleBuffer(BatchSource source, int capacity, long seed) {
    this.source = source;
    this.capacity = Require.atLeastOne(capacity, "BatchSource", "number of samples in the buffer");
    this.seed = seed;
  }

  @Override
  public Shape inputShape() {
    return source.inputShape();
  }

  @Override
  public Shape targetShape() {
    return source.targetShape();
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return source.batchesPerEpoch();
  }

  /** Scales at the source, before the cast. */
  @Override
  public BatchSource normalize(InputScaling scaling) {
    return new ShuffleBuffer(source.normalize(scaling), capacity, seed);
  }

  /** Returns the unshuffled source. */
  BatchSource source() {
    return source;
  }

  @Override
  public Epoch evaluation() {
    return source.evaluation();
  }

  @Override
  public Epoch epoch(int number) {
    Checks.epoch(number, "BatchSource.epoch");
    if (open != null) {
      open.close();
    }
    open = new ShuffledEpoch(source.epoch(number), SeededRandom.stream(seed, number));
    return open;
  }

  /** Sample in the buffer: rows of {@code float} or {@code double}. */
  private record Held(Object input, Object target, double weight) {}

  private final class ShuffledEpoch extends SinglePassEpoch {
    private final Epoch epoch;
    private final SeededRandom random;
    private final List<Held> buffer = new ArrayList<>();

    /** Sizes of the batches that were read and not yet returned. */
    private final Queue<Integer> sizes = new ArrayDeque<>();

    private @Nullable OpenBatch reading;
    private @Nullable Batch last;
    private DataType inputType = DataType.FLOAT;
    private DataType targetType = DataType.FLOAT;
    private boolean isWeighted;

    ShuffledEpoch(Epoch epoch, SeededRandom random) {
      this.epoch = epoch;
      this.random = random;
    }

    @Override
    Iterator<Batch> batches() {
      Iterator<Batch> batches = epoch.iterator();
      return new Cursor(
          () -> !buffer.isEmpty() || isThereMore(batches), () -> batch(draw(batches)));
    }

    private List<Held> draw(Iterator<Batch> batches) {
      free();
      List<Held> drawn = new ArrayList<>();
      do {
        fill(batches);
        int chosen = random.nextInt(buffer.size());
        drawn.add(buffer.get(chosen));
        Held end = buffer.remove(buffer.size() - 1);
        if (chosen < buffer.size()) {
          buffer.set(chosen, end);
        }
      } while (drawn.size() < sizes.element());
      sizes.remove();
      return drawn;
    }

    private void fill(Iterator<Batch> batches) {
      while (buffer.size() < capacity && isThereMore(batches)) {
        OpenBatch rows = reading;
        if (rows == null || !rows.hasNext()) {
          rows = open(batches.next());
          reading = rows;
        }
        buffer.add(rows.next());
      }
    }

    private boolean isThereMore(Iterator<Batch> batches) {
      return (reading != null && reading.hasNext()) || batches.hasNext();
    }

    private OpenBatch open(Batch batch) {
      requireShape(batch.inputs(), inputShape(), "inputs");
      requireShape(batch.targets(), targetShape(), "targets");
      if (reading != null
          && (batch.inputs().dataType() != inputType || batch.targets().dataType() != targetType)) {
        throw Checks.wrongType(
            "BatchSource",
            "batches",
            inputType + " and targets of " + targetType + " as the first",
            batch.inputs().dataType(),
            "return batches of the data type of the network");
      }
      inputType = batch.inputs().dataType();
      targetType = batch.targets().dataType();
      isWeighted |= batch.weights() != null;
      OpenBatch rows = new OpenBatch(batch);
      sizes.add(batch.size());
      return rows;
    }

    private static void requireShape(INDArray array, Shape sample, String name) {
      if (!sample.matches(array)) {
        throw new ShapeMismatchException(
            "BatchSource",
            name + " " + sample.describeBatch(),
            Arrays.toString(array.shape()),
            "return batches of the shapes that the source states");
      }
    }

    private Batch batch(List<Held> drawn) {
      INDArray inputs = array(drawn.stream().map(Held::input).toList(), inputShape(), inputType);
      INDArray targets =
          array(drawn.stream().map(Held::target).toList(), targetShape(), targetType);
      Batch batch = new Batch(inputs, targets, isWeighted ? weights(drawn) : null);
      last = batch;
      return batch;
    }

    private INDArray weights(List<Held> drawn) {
      double[][] weights =
          drawn.stream().map(held -> new double[] {held.weight}).toArray(double[][]::new);
      return cast(NewArrays.of(weights), inputType);
    }

    private void free() {
      if (last != null) {
        last.free();
        last = null;
      }
    }

    @Override
    public void close() {
      free();
      buffer.clear();
      reading = null;
      epoch.close();
    }
  }

  /** Batch of the source, valid until the next one is taken; read row by row. */
  private static final class OpenBatch {
    private final Object inputs;
    private final Object targets;
    private final @Nullable INDArray weights;
    private final int size;
    private int next;

    OpenBatch(Batch batch) {
      size = batch.size();
      inputs = numbers(batch.inputs());
      targets = numbers(batch.targets());
      weights = batch.weights();
    }

    boolean hasNext() {
      return next < size;
    }

    Held next() {
      double weight = weights == null ? 1 : weights.getDouble(next, 0);
      Held held = new Held(row(inputs), row(targets), weight);
      next++;
      return held;
    }

    private Object row(Object numbers) {
      if (numbers instanceof float[] floats) {
        int width = floats.length / size;
        return Arrays.copyOfRange(floats, next * width, (next + 1) * width);
      }
      double[] doubles = (double[]) numbers;
      int width = doubles.length / size;
      return Arrays.copyOfRange(doubles, next * width, (next + 1) * width);
    }
  }

  /** Returns all elements in order of the rows: floats unchanged, other types as doubles. */
  private static Object numbers(INDArray array) {
    try (INDArray ordered = array.dup('c')) {
      return array.dataType() == DataType.FLOAT
          ? ordered.data().asFloat()
          : ordered.data().asDouble();
    }
  }

  private static INDArray array(List<Object> rows, Shape shape, DataType type) {
    INDArray array =
        rows.get(0) instanceof float[]
            ? NewArrays.of(joined(rows))
            : NewArrays.of(rows.toArray(double[][]::new));
    return cast(array, type).reshape('c', shape.withBatch(rows.size()));
  }

  private static float[] joined(List<Object> rows) {
    int width = ((float[]) rows.get(0)).length;
    float[] joined = new float[Math.multiplyExact(rows.size(), width)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, joined, i * width, width);
    }
    return joined;
  }

  private static INDArray cast(INDArray array, DataType type) {
    if (array.dataType() == type) {
      return array;
    }
    try (array) {
      return array.castTo(type);
    }
  }
}
