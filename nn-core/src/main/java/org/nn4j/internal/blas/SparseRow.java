package org.nn4j.internal.blas;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.memory.Memory;
import org.nn4j.internal.memory.MemoryBuffers;
import org.nn4j.internal.thread.WorkerPool;

/**
 * {@code z = x·W + b} for one sample with many zeros, by oneDNN's sparse product, which reads only
 * the rows of W that belong to nonzero elements. It takes a third of the time of the dense product
 * for an image or the output of a ReLU layer.
 *
 * <p>oneDNN generates machine code for each shape of W. Concurrent calls use separate objects,
 * which are reused.
 */
final class SparseRow {
  /** Elements of W below which the dense product is as fast. */
  private static final int MIN_ELEMENTS = 1 << 13;

  /** Elements of W from which the dense product uses several cores. */
  private static final int MAX_ELEMENTS = 1 << 19;

  /**
   * Inverse of the largest share of nonzero elements of x for which the sparse product is faster.
   */
  private static final int SHARE = 3;

  /** Elements of x that are read between checks of the share of nonzero ones. */
  private static final int BLOCK = 128;

  private static final AtomicReferenceArray<@Nullable SparseRow> IDLE =
      new AtomicReferenceArray<>(16 + 4 * WorkerPool.SIZE);

  private static final AtomicInteger REPLACED = new AtomicInteger();

  /** Whether oneDNN generates no code for this processor. */
  private static volatile boolean isMissing;

  private final int in;
  private final int out;

  /** The bits of x: the test for 0 takes half the time on integers. */
  private final int[] x;

  /** 1 for each element of x that is not 0 or −0. */
  private final int[] flags;

  private final float[] z;
  private final float[] b;
  private final int[] used;
  private final MemoryBuffers memory = new MemoryBuffers();
  private final IntBuffer values;
  private final IntBuffer indices;
  private final IntBuffer range;
  private final FloatBuffer sums;
  private final Memory.Block block = new Memory.Block();
  private final dnnl_stream stream = new dnnl_stream();
  private final dnnl_primitive product = new dnnl_primitive();
  private final dnnl_memory sparse = new dnnl_memory();
  private final dnnl_memory weights = new dnnl_memory();
  private final dnnl_memory result = new dnnl_memory();
  private final dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(3);

  /** Address of the last W: most calls have the same one. */
  private long weightsAt;

  private SparseRow(int in, int out) {
    this.in = in;
    this.out = out;
    this.x = new int[in];
    this.flags = new int[in];
    this.z = new float[out];
    this.b = new float[out];
    this.used = new int[in];
    this.values = direct(in).asIntBuffer();
    this.indices = direct(in).asIntBuffer();
    this.range = direct(2).asIntBuffer();
    this.sums = direct(out).asFloatBuffer();
    create();
  }

  private static ByteBuffer direct(int length) {
    return ByteBuffer.allocateDirect(length * Integer.BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * Computes {@code z} if this is faster than the dense product.
   *
   * @param x {@code [in]}
   * @param w {@code [in, out]}
   * @param b {@code [out]}
   * @param z receives {@code [out]}
   * @return whether it did
   */
  static boolean affine(int in, int out, long x, long w, long b, long z) {
    long elements = (long) in * out;
    if (elements < MIN_ELEMENTS || elements > MAX_ELEMENTS || isMissing) {
      return false;
    }
    SparseRow row = take(in, out);
    try {
      return row.compute(x, w, b, z);
    } finally {
      row.giveBack();
    }
  }

  private static SparseRow take(int in, int out) {
    for (int i = 0; i < IDLE.length(); i++) {
      SparseRow idle = IDLE.get(i);
      if (idle != null && idle.in == in && idle.out == out && IDLE.compareAndSet(i, idle, null)) {
        return idle;
      }
    }
    return new SparseRow(in, out);
  }

  private void giveBack() {
    for (int i = 0; i < IDLE.length(); i++) {
      if (IDLE.get(i) == null && IDLE.compareAndSet(i, null, this)) {
        return;
      }
    }
    int oldest = Math.floorMod(REPLACED.getAndIncrement(), IDLE.length());
    SparseRow replaced = IDLE.getAndSet(oldest, this);
    if (replaced != null) {
      replaced.free();
    }
  }

  private boolean compute(long atX, long atW, long atB, long atZ) {
    memory.read(atX, x, 0, in);
    int n = findUsed();
    if (n * SHARE > in || isMissing) {
      return false;
    }
    indices.put(0, used, 0, n);
    for (int i = 0; i < n; i++) {
      x[i] = x[used[i]];
    }
    values.put(0, x, 0, n);
    range.put(1, n);
    if (atW != weightsAt) {
      check(dnnl_memory_set_data_handle(weights, block.at(atW)));
      weightsAt = atW;
    }
    check(dnnl_primitive_execute(product, stream, 3, arguments));
    sums.get(0, z, 0, out);
    memory.read(atB, b, 0, out);
    for (int j = 0; j < out; j++) {
      z[j] += b[j];
    }
    memory.write(z, 0, atZ, out);
    return true;
  }

  /**
   * Lists the elements that are not 0 or −0. The JIT compiler vectorizes the first loop; the second
   * has no branch that depends on the elements.
   */
  private int findUsed() {
    int n = 0;
    for (int from = 0; from < in && n * SHARE <= in; from += BLOCK) {
      int to = Math.min(in, from + BLOCK);
      for (int i = from; i < to; i++) {
        int magnitude = x[i] << 1;
        flags[i] = (magnitude | -magnitude) >>> (Integer.SIZE - 1);
      }
      for (int i = from; i < to; i++) {
        used[n] = i;
        n += flags[i];
      }
    }
    return n;
  }

  private void create() {
    dnnl_engine engine = Engine.CPU;
    dnnl_memory_desc sparseType = new dnnl_memory_desc();
    dnnl_memory_desc weightType = new dnnl_memory_desc();
    dnnl_memory_desc resultType = new dnnl_memory_desc();
    dnnl_primitive_desc type = new dnnl_primitive_desc();
    check(dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_default_flags));
    long[] row = {1, in};
    check(
        dnnl.dnnl_memory_desc_create_with_csr_encoding(
            sparseType, 2, row, dnnl.dnnl_f32, in, dnnl.dnnl_s32, dnnl.dnnl_s32));
    describe(weightType, in);
    describe(resultType, 1);
    check(
        dnnl.dnnl_matmul_primitive_desc_create(
            type,
            engine,
            sparseType,
            weightType,
            (dnnl_memory_desc) null,
            resultType,
            (dnnl_primitive_attr) null));
    isMissing = !isMachineCode(type);
    check(dnnl.dnnl_primitive_create(product, type));
    try (PointerPointer<?> parts =
        new PointerPointer<>(
            new IntPointer(values), new IntPointer(indices), new IntPointer(range))) {
      check(dnnl.dnnl_memory_create_v2(sparse, sparseType, engine, 3, parts));
    }
    check(dnnl.dnnl_memory_create(weights, weightType, engine, block));
    check(dnnl.dnnl_memory_create(result, resultType, engine, new FloatPointer(sums)));
    arguments.position(0).arg(dnnl.DNNL_ARG_SRC).memory(sparse);
    arguments.position(1).arg(dnnl.DNNL_ARG_WEIGHTS).memory(weights);
    arguments.position(2).arg(dnnl.DNNL_ARG_DST).memory(result);
    arguments.position(0);
    dnnl.dnnl_primitive_desc_destroy(type);
    dnnl.dnnl_memory_desc_destroy(sparseType);
    dnnl.dnnl_memory_desc_destroy(weightType);
    dnnl.dnnl_memory_desc_destroy(resultType);
  }

  private void describe(dnnl_memory_desc matrix, int rows) {
    long[] shape = {rows, out};
    check(dnnl.dnnl_memory_desc_create_with_tag(matrix, 2, shape, dnnl.dnnl_f32, dnnl.dnnl_ab));
  }

  /** Whether oneDNN generates code; its plain loop is slower than a dense product. */
  private static boolean isMachineCode(dnnl_primitive_desc type) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      check(dnnl.dnnl_primitive_desc_query(type, dnnl.dnnl_query_impl_info_str, 0, name));
      return name.get(BytePointer.class).getString().startsWith("jit");
    }
  }

  private void free() {
    dnnl.dnnl_primitive_destroy(product);
    dnnl.dnnl_memory_destroy(sparse);
    dnnl.dnnl_memory_destroy(weights);
    dnnl.dnnl_memory_destroy(result);
    dnnl.dnnl_stream_destroy(stream);
    arguments.close();
  }

  private static void check(int status) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN: status " + status + " of a sparse product");
    }
  }

  /** oneDNN's CPU engine, created at the first use. */
  private static final class Engine {
    static final dnnl_engine CPU = new dnnl_engine();

    static {
      check(dnnl.dnnl_engine_create(CPU, dnnl.dnnl_cpu, 0));
    }
  }
}
