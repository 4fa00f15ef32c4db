package org.nn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ShapeTest {
  @Test
  void knowsItsDimensions() {
    Shape shape = Shape.of(28, 14);
    assertThat(shape.rank()).isEqualTo(2);
    assertThat(shape.dimension(1)).isEqualTo(14);
    assertThat(shape.size()).isEqualTo(392);
    assertThat(shape.withBatch(3)).containsExactly(3, 28, 14);
    assertThat(shape.toArray()).containsExactly(28, 14);
    assertThat(shape)
        .hasToString("[28, 14]")
        .isEqualTo(Shape.of(28, 14))
        .isNotEqualTo(Shape.of(28));
    assertThat(shape.hashCode()).isEqualTo(Shape.of(28, 14).hashCode());
    assertThat(shape.describeBatch()).isEqualTo("[B, 28, 14]");
  }

  @Test
  void doesNotChangeWithTheArrayItWasMadeFrom() {
    long[] dimensions = {2, 3};
    Shape shape = Shape.of(dimensions);
    dimensions[0] = 9;
    shape.toArray()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void tellsWhetherABatchMatches() {
    assertThat(Shape.of(3).matches(Nd4j.create(2, 3))).isTrue();
    assertThat(Shape.of(3).matches(Nd4j.create(3))).isFalse();
    assertThat(Shape.of(3).matches(Nd4j.create(3, 2))).isFalse();
    assertThat(Shape.ofSamples(Nd4j.create(5, 4, 3))).isEqualTo(Shape.of(4, 3));
  }

  @Test
  void refusesWhatIsNoShape() {
    assertThatThrownBy(() -> Shape.of(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Shape: expected at least one dimension, each positive, found [3, 0]; pass the sizes of"
                + " one sample, without the batch");
    assertThatThrownBy(Shape::of).hasMessageContaining("found []");
    assertThatThrownBy(() -> Shape.ofSamples(Nd4j.create(3)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "batch: expected [B, ...] with a row for each sample, found [3]; reshape it to [B,"
                + " features]");
  }
}
