package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Near;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;

class PassPoolTest {
  /** Passes its input on through a buffer, and remembers which passes and buffers it was given. */
  private static final class Witness implements Layer {
    final List<Pass> passes = new ArrayList<>();
    final List<INDArray> buffers = new ArrayList<>();
    final List<Integer> statesFound = new ArrayList<>();
    boolean fails;

    @Override
    public INDArray forward(INDArray x, Pass pass) {
      passes.add(pass);
      statesFound.add(pass.state(this, int[].class, () -> new int[1])[0]++);
      pass.keep(this, "x", x);
      INDArray buffer = pass.buffer(this, "copy", FLOAT, x.shape()).assign(x);
      buffers.add(buffer);
      if (fails) {
        throw new IllegalStateException("no answer");
      }
      return buffer;
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      return dY;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Shape outputShape() {
      return Shape.of(3);
    }
  }

  private final Witness witness = new Witness();
  private final Network network =
      Network.builder(3).layer((input, type, random) -> witness).build();

  @Test
  void smallAnswersShareTheirBuffersAndAreArraysOfTheirOwn() {
    INDArray first = network.predict(Near.random(1, FLOAT, 2, 3));
    INDArray second = network.predict(Near.random(2, FLOAT, 2, 3));

    assertThat(witness.buffers.get(1)).isSameAs(witness.buffers.get(0));
    assertThat(first).isEqualTo(Near.random(1, FLOAT, 2, 3));
    assertThat(second).isEqualTo(Near.random(2, FLOAT, 2, 3));
  }

  @Test
  void largeAnswersLeaveNoBuffers() {
    network.predict(Near.random(1, FLOAT, 1000, 3));

    assertThat(witness.buffers.get(0).wasClosed()).isTrue();
  }

  @Test
  void aFailureFreesItsPass() {
    witness.fails = true;
    assertThatThrownBy(() -> network.predict(Near.random(1, FLOAT, 1, 3))).hasMessage("no answer");
    witness.fails = false;
    network.predict(Near.random(1, FLOAT, 1, 3));

    assertThat(witness.buffers.get(0).wasClosed()).isTrue();
    assertThat(witness.passes.get(1)).isNotSameAs(witness.passes.get(0));
  }

  @Test
  void nothingOfACallIsLeftToTheNext() {
    network.predict(Near.random(1, FLOAT, 1, 3));
    assertThatThrownBy(() -> witness.passes.get(0).kept(witness, "x"))
        .isInstanceOf(IllegalStateException.class);
    network.predict(Near.random(1, FLOAT, 1, 3));

    assertThat(witness.passes.get(1)).isSameAs(witness.passes.get(0));
    assertThat(witness.statesFound).containsExactly(0, 0);
  }
}
