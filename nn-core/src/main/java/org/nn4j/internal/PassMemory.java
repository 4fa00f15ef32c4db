package org.nn4j.internal;

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
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.internal.thread.Gate;

/**
 * Content of a {@link Pass} for each owner (arrays that forward keeps for backward, buffers, a
 * state), and the gate that admits one thread at a time.
 */
public final class PassMemory {
  /** Opened by {@link Pass}. */
  public static final Access<Pass, PassMemory> OF_PASS = new Access<>();

  /**
   * Number of shapes kept for one buffer: the full batch, the last partial one, and those of
   * validation.
   */
  private static final int SHAPES_KEPT = 4;

  private static final class Notes {
    final Map<String, INDArray> kept = new HashMap<>();
    final Map<String, List<INDArray>> buffers = new HashMap<>();
    @Nullable Object state;
  }

  private final IdentityHashMap<Object, Notes> notesOf = new IdentityHashMap<>();
  private final Gate gate = new Gate(this::free);

  /** Arrays replaced by other shapes; the current forward may still use them. */
  private final List<INDArray> retired = new ArrayList<>();

  private final AtomicLong bytes = new AtomicLong();
  private long forwards;

  /** Creates empty memory. */
  public PassMemory() {}

  /**
   * Returns the memory of a pass.
   *
   * @param pass the pass
   * @return its memory
   */
  public static PassMemory of(Pass pass) {
    return OF_PASS.getter().apply(pass);
  }

  /**
   * Begins a forward on this pass by this thread. The same thread may call it again.
   *
   * @throws IllegalStateException if another thread runs a forward or backward on this pass, or the
   *     pass is closed
   */
  public void beginForward() {
    boolean outermost = !gate.isInside();
    if (!gate.enterAgain()) {
      throw refused();
    }
    if (outermost) {
      forwards++;
      if (!retired.isEmpty()) {
        retired.forEach(this::free);
        retired.clear();
      }
    }
  }

  /**
   * Returns a number that every forward of a network or of a loss on this pass changes.
   *
   * @return how many there were
   */
  public long forwards() {
    return forwards;
  }

  /**
   * Begins the forward of a loss on this pass by this thread; see {@link #beginForward()}.
   *
   * @throws IllegalStateException if another thread runs a forward or backward on this pass, or the
   *     pass is closed
   */
  public void beginLoss() {
    beginBackward();
    forwards++;
  }

  /**
   * Begins a backward on this pass by this thread; see {@link #beginForward()}.
   *
   * @throws IllegalStateException if another thread runs a forward or backward on this pass, or the
   *     pass is closed
   */
  public void beginBackward() {
    if (!gate.enterAgain()) {
      throw refused();
    }
  }

  /** Ends a forward or backward. */
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

  /** Keeps an array; see {@link Pass#keep}. */
  public void keep(Object owner, String name, INDArray array) {
    notes(owner).kept.put(name, array);
  }

  /** Returns a kept array, or null. */
  public @Nullable INDArray kept(Object owner, String name) {
    return notes(owner).kept.get(name);
  }

  /** Returns an array to write into; see {@link Pass#buffer}. */
  public INDArray buffer(Object owner, String name, DataType type, long... shape) {
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
   * Returns an array to write into; see {@link Pass#batchBuffer}. Allocates no array for the shape.
   */
  public INDArray batchBuffer(
      Object owner, String name, DataType type, Shape sample, long batchSize) {
    List<INDArray> known = buffers(owner, name);
    for (int i = 0; i < known.size(); i++) {
      INDArray candidate = known.get(i);
      if (candidate.dataType() == type
          && candidate.shape()[0] == batchSize
          && sample.matches(candidate)) {
        return candidate;
      }
    }
    return create(known, type, sample.withBatch(batchSize));
  }

  private List<INDArray> buffers(Object owner, String name) {
    List<INDArray> known =
        notes(owner).buffers.computeIfAbsent(name, n -> new ArrayList<>(SHAPES_KEPT));
    for (int i = known.size() - 1; i >= 0; i--) {
      if (known.get(i).wasClosed()) { // by a user, such as the array that a predictor returned
        bytes.addAndGet(-bytesOf(known.remove(i)));
      }
    }
    return known;
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

  /** Frees an array at the next forward; outside of a forward it may still be in use. */
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

  /** Returns the state of an owner, created at the first call; see {@link Pass#state}. */
  public Object state(Object owner, Supplier<?> initial) {
    Notes notes = notes(owner);
    Object state = notes.state;
    if (state == null) {
      state = Checks.returned(initial.get(), owner, "a state from the supplier");
      notes.state = state;
    }
    return state;
  }

  /**
   * Returns the states by owner, for a checkpoint.
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
   * Replaces all states; an owner without one starts again.
   *
   * @param states the states by owner; not copied
   */
  public void restoreStates(IdentityHashMap<?, ?> states) {
    requireUsable();
    notesOf.values().forEach(notes -> notes.state = null);
    states.forEach((owner, state) -> notes(owner).state = state);
  }

  /** Drops kept arrays and states, but not buffers. */
  public void forget() {
    requireUsable();
    for (Notes notes : notesOf.values()) {
      notes.kept.clear();
      notes.state = null;
    }
  }

  /**
   * Returns the bytes of all buffers.
   *
   * @return bytes outside the Java heap
   */
  public long offHeapBytes() {
    return bytes.get();
  }

  /** Frees the buffers, if another thread is inside when it leaves. */
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
