package org.nn4j.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class MemoryBuffersTest {
  /** One more than fits into one copy. */
  private static final int LONG = (1 << 24) + 1;

  private final MemoryBuffers buffers = new MemoryBuffers();

  @Test
  void aLongArrayIsCopiedInPieces() {
    float[] numbers = new float[LONG + 2];
    numbers[1] = 1;
    numbers[LONG] = 2;
    float[] copy = new float[LONG + 2];
    try (FloatPointer memory = new FloatPointer(LONG)) {
      buffers.write(numbers, 1, memory.address(), LONG);
      buffers.read(memory.address(), copy, 1, LONG);
    }
    assertThat(copy).isEqualTo(numbers);
  }

  @Test
  void addressesMayAlternate() {
    double[] copy = new double[3];
    try (DoublePointer small = new DoublePointer(1, 2, 3);
        DoublePointer large = new DoublePointer(1 << 20)) {
      buffers.write(new double[] {4, 5, 6}, 1, large.address(), 2);
      for (int i = 0; i < 3; i++) {
        buffers.read(small.address(), copy, 0, 2);
        buffers.read(large.address() + Double.BYTES, copy, 2, 1);
        assertThat(copy).containsExactly(1, 2, 6);
      }
    }
  }
}
