package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.data.Labels;
import org.nn4j.data.image.ImageAugmentation;
import org.nn4j.data.toy.ToySets;
import org.nn4j.init.Initializers;

/** Sizes whose product no array holds are refused in four parts, before anything is allocated. */
class SizesTest {
  private static final int HUGE = 2_000_000_000;

  static Stream<Arguments> calls() {
    return Stream.of(
        call("dense", () -> Network.builder(200_000).dense(20_000).build()),
        call("dense of dense", () -> Network.builder(2).dense(HUGE).dense(HUGE).build()),
        call(
            "nested",
            () -> Network.builder(9).layer(Network.builder(9).dense(HUGE).spec()).build()),
        call("norm", () -> Network.builder(HUGE).batchNormalization().build()),
        call("layer norm", () -> Network.builder(HUGE).layerNormalization().build()),
        call("input", () -> Network.builder(HUGE, 9).flatten().build()),
        call("double", () -> Network.builder(HUGE).dense(1).dataType(DataType.DOUBLE).build()),
        call("shape", () -> Network.builder(Long.MAX_VALUE, 2)),
        call("one-hot", () -> Labels.oneHot(new int[9], HUGE, DataType.FLOAT)),
        call(
            "buffer",
            () -> Pass.training().batchBuffer("owner", "a", DataType.FLOAT, Shape.of(HUGE), HUGE)),
        call("toy", () -> ToySets.xor(HUGE, 0, 1)),
        call("toy of classes", () -> ToySets.moons(HUGE, 0, 1)),
        call("images", () -> ImageAugmentation.of(HUGE, HUGE)),
        call(
            "initial values",
            () ->
                Initializers.zeros()
                    .create(Shape.of(HUGE, HUGE), DataType.FLOAT, new SeededRandom(1))));
  }

  private static Arguments call(String name, ThrowingCallable call) {
    return Arguments.of(name, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void isRefusedInFourParts(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .as(name)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".+: expected .+, found .*\\d.*; .+");
  }

  @Test
  void theLayerIsNamedWithItsSize() {
    assertThatThrownBy(() -> Network.builder(200_000).dense(20_000).build())
        .hasMessage(
            "layer 1 of 1, Dense(20000, identity): expected at most 2147483639 parameters,"
                + " found 4000020000 in this layer, 4000020000 with those before it, 15259 MiB of"
                + " FLOAT; choose fewer units or inputs");
  }

  @Test
  void theMostThatMayBeAllocatedIsTheSmallerLimit() {
    assertThat(List.of(MemoryCheck.mostBytes(0, 0), MemoryCheck.mostBytes(5, 0)))
        .containsExactly(Long.MAX_VALUE, 5L);
    assertThat(List.of(MemoryCheck.mostBytes(0, 7), MemoryCheck.mostBytes(5, 7)))
        .containsExactly(7L, 5L);
  }
}
