package org.nn4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Gate;
import org.nn4j.internal.kernel.NewArrays;

/**
 * What one forward and backward remember, and the buffers that they reuse.
 *
 * <p>Layers hold nothing of a pass, so a network can serve many threads at once, each with a pass
 * of its own. A pass that is used again for the next batch reuses its arrays.
 *
 * <p>Arrays that come from {@link #buffer} are valid until the same owner asks for the same buffer
 * again, that is, until the next forward or backward on this pass.
 *
 * <p>Not thread-safe: one thread at a time. A forward or backward of a network, and any use of the
 * arrays, throws {@link IllegalStateException} while another thread runs one on the same pass.
 */
public final class Pass implements OffHeap {
  /** Shapes kept for one buffer: the full batch, the last partial one, and those of validation. */
  private static final int SHAPES_KEPT = 4;

  private static final class Notes {
    final Map<String, INDArray> kept = new HashMap<>();
    final Map<String, List<INDArray>> buffers = new HashMap<>();
    @Nullable Object state;
  }

  private final boolean training;
  private final IdentityHashMap<Object, Notes> notesOf = new IdentityHashMap<>();
  private final Gate gate = new Gate(this::free);

  /** Arrays that made way for other shapes; the forward under way may still use them. */
  private final List<INDArray> retired = new ArrayList<>();

  private final AtomicLong bytes = new AtomicLong();

  private Pass(boolean training) {
    this.training = training;
  }

  /**
   * A pass for training: dropout drops, batch normalization uses the batch.
   *
   * @return a new pass
   */
  public static Pass training() {
    return new Pass(true);
  }

  /**
   * A pass for inference: dropout is inactive, normalization uses its statistics.
   *
   * @return a new pass
   */
  public static Pass inference() {
    return new Pass(false);
  }

  /**
   * Whether this is a pass for training.
   *
   * @return true for {@link #training()}
   */
  public boolean isTraining() {
    return training;
  }

  /**
   * Begins a forward on this pass by this thread. For layers that consist of layers, such as a
   * network; they call {@link #end()} in a {@code finally} block. May be called again by the thread
   * that is inside.
   *
   * @throws IllegalStateException if another thread runs a forward or backward on this pass, or the
   *     pass is closed
   */
  public void beginForward() {
    boolean outermost = !gate.isInside();
    if (!gate.enterAgain()) {
      throw refused();
    }
    if (outermost && !retired.isEmpty()) {
      retired.forEach(this::free);
      retired.clear();
    }
  }

  /**
   * Begins a backward, or the use of a loss, on this pass by this thread; see {@link
   * #beginForward()}.
   *
   * @throws IllegalStateException if another thread runs a forward or backward on this pass, or the
   *     pass is closed
   */
  public void beginBackward() {
    if (!gate.enterAgain()) {
      throw refused();
    }
  }

  /** Ends what {@link #beginForward()} or {@link #beginBackward()} began. */
  public void end() {
    gate.leave();
  }

  private IllegalStateException refused() {
    return new IllegalStateException(
        Require.message(
            "Pass",
            "an open pass, used by one thread at a time",
            gate.found(),
            "make a pass for each thread, and use it before it is closed"));
  }

  private void requireUsable() {
    if (gate.isOtherInside() || (gate.isClosed() && !gate.isInside())) {
      throw refused();
    }
  }

  private Notes notes(Object owner) {
    requireUsable();
    Notes notes = notesOf.get(owner);
    if (notes == null) {
      notes = new Notes();
      notesOf.put(owner, notes);
    }
    return notes;
  }

  /**
   * Remembers an array from forward for backward.
   *
   * @param owner the layer or loss
   * @param name a name of the owner's choice
   * @param array the array; it is not copied
   */
  public void keep(Object owner, String name, INDArray array) {
    Require.notNull(owner, "Pass.keep", "owner");
    Require.notNull(name, "Pass.keep", "name");
    Require.notNull(array, "Pass.keep", "array");
    notes(owner).kept.put(name, array);
  }

  /**
   * What {@link #keep} remembered.
   *
   * @param owner the layer or loss
   * @param name the name it was kept under
   * @return the array
   * @throws IllegalStateException if nothing was kept: backward before forward
   */
  public INDArray kept(Object owner, String name) {
    Require.notNull(owner, "Pass.kept", "owner");
    Require.notNull(name, "Pass.kept", "name");
    INDArray array = notes(owner).kept.get(name);
    if (array == null) {
      throw new IllegalStateException(
          Require.message(
                  owner.toString(),
                  "forward before backward, on the same pass",
                  "no '" + name + "' kept by a forward",
                  "call forward(x, pass) first")
              + "; see docs/troubleshooting.md#backward-before-forward");
    }
    return array;
  }

  /**
   * An array to write into: the same one each time the same shape is asked for. Its content is
   * whatever was left in it.
   *
   * @param owner the layer or loss
   * @param name a name of the owner's choice
   * @param type the data type
   * @param shape the shape, with the batch
   * @return an array of that type and shape, row-major, that no other buffer overlaps
   */
  public INDArray buffer(Object owner, String name, DataType type, long... shape) {
    Require.notNull(owner, "Pass.buffer", "owner");
    Require.notNull(name, "Pass.buffer", "name");
    Require.notNull(type, "Pass.buffer", "type");
    Require.notNull(shape, "Pass.buffer", "shape");
    List<INDArray> known = buffers(owner, name);
    for (int i = 0; i < known.size(); i++) {
      INDArray candidate = known.get(i);
      if (candidate.dataType() == type && Arrays.equals(candidate.shape(), shape)) {
        return candidate;
      }
    }
    return create(known, type, shape);
  }

  /**
   * The {@link #buffer} for a batch of samples.
   *
   * @param owner the layer or loss
   * @param name a name of the owner's choice
   * @param type the data type
   * @param sample the shape of a sample
   * @param batchSize the number of samples
   * @return an array {@code [batchSize, sample...]}, row-major, that no other buffer overlaps
   */
  public INDArray batchBuffer(
      Object owner, String name, DataType type, Shape sample, long batchSize) {
    Require.notNull(owner, "Pass.batchBuffer", "owner");
    Require.notNull(name, "Pass.batchBuffer", "name");
    Require.notNull(type, "Pass.batchBuffer", "type");
    Require.notNull(sample, "Pass.batchBuffer", "sample");
    List<INDArray> known = buffers(owner, name);
    for (int i = 0; i < known.size(); i++) {
      INDArray candidate = known.get(i);
      if (candidate.dataType() == type
          && candidate.size(0) == batchSize
          && sample.matches(candidate)) {
        return candidate;
      }
    }
    return create(known, type, sample.withBatch(batchSize));
  }

  private List<INDArray> buffers(Object owner, String name) {
    return notes(owner).buffers.computeIfAbsent(name, n -> new ArrayList<>(SHAPES_KEPT));
  }

  private INDArray create(List<INDArray> known, DataType type, long... shape) {
    // Detached: it outlives a workspace that the caller may have open.
    INDArray created = NewArrays.uninitialized(type, shape);
    known.add(created);
    bytes.addAndGet(bytesOf(created));
    if (known.size() > SHAPES_KEPT) {
      retire(known.remove(0));
    }
    return created;
  }

  /** Frees an array at the next forward; outside of a forward nobody knows when it is unused. */
  private void retire(INDArray array) {
    if (gate.isInside()) {
      retired.add(array);
    } else {
      bytes.addAndGet(-bytesOf(array));
    }
  }

  private static long bytesOf(INDArray array) {
    return array.length() * array.dataType().width();
  }

  /**
   * State of any kind that an owner carries through this pass, such as the random stream of a
   * dropout layer.
   *
   * @param <S> its type
   * @param owner the layer or loss
   * @param type the class of the state
   * @param initial makes it the first time
   * @return the state
   */
  public <S> S state(Object owner, Class<S> type, Supplier<? extends S> initial) {
    Notes notes = notes(owner);
    if (notes.state == null) {
      notes.state = Require.returned(initial.get(), owner, "a state from the supplier");
    }
    return type.cast(notes.state);
  }

  /**
   * The states that {@link #state} made, by owner: what a checkpoint holds of a pass.
   *
   * @return a new map by identity, of the live states
   */
  public IdentityHashMap<Object, Object> states() {
    requireUsable();
    IdentityHashMap<Object, Object> states = new IdentityHashMap<>();
    notesOf.forEach(
        (owner, notes) -> {
          if (notes.state != null) {
            states.put(owner, notes.state);
          }
        });
    return states;
  }

  /**
   * Replaces all states; an owner without one begins anew.
   *
   * @param states the states by owner; not copied
   */
  public void restoreStates(IdentityHashMap<?, ?> states) {
    Require.notNull(states, "Pass.restoreStates", "states");
    requireUsable();
    notesOf.values().forEach(notes -> notes.state = null);
    states.forEach((owner, state) -> notes(owner).state = state);
  }

  /** Forgets arrays that were kept and states, as if the pass were new, and keeps its buffers. */
  public void forget() {
    requireUsable();
    for (Notes notes : notesOf.values()) {
      notes.kept.clear();
      notes.state = null;
    }
  }

  @Override
  public long offHeapBytes() {
    return bytes.get();
  }

  /**
   * Frees the memory of all buffers; arrays that came from them must not be used any more. While
   * another thread runs a forward or backward on this pass, the memory is freed at its end.
   */
  @Override
  public void close() {
    gate.close();
  }

  private void free() {
    for (Notes notes : notesOf.values()) {
      notes.buffers.values().forEach(list -> list.forEach(this::free));
    }
    retired.forEach(this::free);
    retired.clear();
    notesOf.clear();
  }

  private void free(INDArray array) {
    bytes.addAndGet(-bytesOf(array));
    array.close();
  }
}
