package org.nn4j.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CopyOfArraysTest {
  static Stream<INDArray> arrays() {
    return Stream.of(
        matrix(),
        matrix().castTo(DataType.DOUBLE),
        matrix().castTo(DataType.INT32),
        matrix().dup('f'),
        matrix().get(all(), interval(1, 4)),
        matrix().get(interval(1, 3), all()),
        matrix().getRow(2),
        matrix().transpose(),
        matrix().reshape('c', 2, 3, 4).dup('c'),
        Nd4j.scalar(3f));
  }

  /** A new one each time, because JUnit closes arguments. */
  private static INDArray matrix() {
    return Nd4j.arange(24).castTo(DataType.FLOAT).reshape('c', 4, 6).dup('c');
  }

  @ParameterizedTest
  @MethodSource("arrays")
  @SuppressWarnings("try") // the resource is the open workspace
  void aCopyIsAnArrayOfItsOwn(INDArray x) {
    INDArray expected = x.dup('c');

    INDArray copy;
    try (MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace("copies")) {
      copy = NewArrays.copyOf(x);
    }

    assertThat(copy).isEqualTo(expected);
    assertThat(copy.dataType()).isEqualTo(x.dataType());
    assertThat(copy.shape()).isEqualTo(x.shape());
    assertThat(copy.ordering()).isEqualTo('c');
    assertThat(copy.isAttached()).isFalse();
    copy.addi(1); // by ND4J, as a user of the copy may
    assertThat(copy.sub(1)).isEqualTo(expected);
    assertThat(x).isEqualTo(expected);
    copy.close();
    assertThat(copy.wasClosed()).isTrue();
    assertThat(x.dup()).isEqualTo(expected);
  }
}
