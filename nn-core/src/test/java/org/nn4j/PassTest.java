package org.nn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PassTest {
  private final Object owner = "owner";

  @Test
  void givesTheSameBufferForTheSameShapeAndAnotherForAnother() {
    Pass pass = Pass.training();
    INDArray full = pass.buffer(owner, "Z", FLOAT, 10, 3);
    INDArray partial = pass.buffer(owner, "Z", FLOAT, 4, 3);
    assertThat(partial).isNotSameAs(full);
    assertThat(pass.buffer(owner, "Z", FLOAT, 10, 3)).isSameAs(full);
    assertThat(pass.buffer(owner, "Z", FLOAT, 4, 3)).isSameAs(partial);
    assertThat(pass.buffer(owner, "A", FLOAT, 10, 3)).isNotSameAs(full);
    assertThat(pass.buffer(owner, "Z", DOUBLE, 10, 3)).isNotSameAs(full);
    assertThat(pass.buffer("another", "Z", FLOAT, 10, 3)).isNotSameAs(full);
  }

  @Test
  void forgetsTheOldestOfManyShapes() {
    Pass pass = Pass.training();
    INDArray first = pass.buffer(owner, "Z", FLOAT, 1, 3);
    for (int rows = 2; rows <= 6; rows++) {
      assertThat(pass.buffer(owner, "Z", FLOAT, rows, 3).rows()).isEqualTo(rows);
    }
    assertThat(pass.buffer(owner, "Z", FLOAT, 1, 3)).isNotSameAs(first);
  }

  @Test
  void ownersAreToldApartByIdentity() {
    Pass pass = Pass.training();
    pass.keep(new String("a"), "X", Nd4j.create(1, 1));
    assertThatThrownBy(() -> pass.kept(new String("a"), "X"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a: expected forward before backward, on the same pass, found no 'X' kept by a forward;"
                + " call forward(x, pass) first; see"
                + " docs/troubleshooting.md#backward-before-forward");
  }

  @Test
  void keepsStateOfAnyKind() {
    Pass pass = Pass.inference();
    int[] counter = pass.state(owner, int[].class, () -> new int[1]);
    counter[0]++;
    assertThat(pass.state(owner, int[].class, () -> new int[1])[0]).isEqualTo(1);
    assertThat(pass.isTraining()).isFalse();
    assertThat(Pass.training().isTraining()).isTrue();
  }

  @Test
  void closingFreesBuffersAndForgets() {
    INDArray buffer;
    try (Pass pass = Pass.training()) {
      buffer = pass.buffer(owner, "Z", FLOAT, 2, 2);
    }
    assertThat(buffer.wasClosed()).isTrue();
  }

  @Test
  void aStateOfAnotherClassIsRefused() {
    Pass pass = Pass.training();
    pass.state("owner", StringBuilder.class, StringBuilder::new);
    assertThatThrownBy(() -> pass.state("owner", SeededRandom.class, () -> new SeededRandom(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "owner: expected one class of state on a pass, java.lang.StringBuilder, found"
                + " org.nn4j.SeededRandom; pass the same class at each call");
  }

  @Test
  void aParameterHasElements() {
    assertThatThrownBy(() -> new Parameter("w", Parameter.Role.WEIGHT, Nd4j.empty(FLOAT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Parameter: expected an array of one element or more as 'w', found [");
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void checksWithoutTheirArgumentsNameThem() {
    assertThat(Require.message(null, "x", "y", "z")).isEqualTo("null: expected x, found y; z");
    INDArray x = Nd4j.ones(FLOAT, 1, 2);
    assertThatThrownBy(() -> Require.batch(x, null, FLOAT, "me", "input"))
        .hasMessage("me: expected argument 'sample', found null; pass a value for 'sample'");
    assertThatThrownBy(() -> Require.batch(x, Shape.of(2), null, "me", "input"))
        .hasMessage("me: expected argument 'type', found null; pass a value for 'type'");
    assertThatThrownBy(() -> Require.like(null, x, "me", "gradient"))
        .hasMessageStartingWith("me: expected argument 'expected gradient', found null;");
    assertThatThrownBy(() -> Require.notNull(null, null, "x"))
        .hasMessageStartingWith("null: expected argument 'x', found null;");
  }
}
