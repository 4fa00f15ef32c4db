package org.nn4j.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.Shape;

/** Views that keep the rows that they have computed. */
class CachedRowsTest {
  private static final int ROWS = 7;
  private static final InputScaling SCALING =
      new InputScaling(List.of(0.3, -0.1, 2.0), List.of(1.7, 0.2, 3.0));

  private static Dataset data(DataType type) {
    return Dataset.of(Near.random(1, type, ROWS, 3), Near.random(2, type, ROWS, 2));
  }

  private static Map<String, Dataset> views(DataType type) {
    Map<String, Dataset> views = new LinkedHashMap<>();
    views.put("normalized", data(type).normalize(SCALING));
    views.put("mapped", data(type).mapInputs(x -> x.mul(0.3)));
    views.put("another shape", data(type).mapInputs(x -> Nd4j.concat(1, x, x)));
    views.put("in place", data(type).mapInputs(x -> x.muli(0.3)));
    views.put("targets", data(type).mapTargets(y -> y.mul(0.3)));
    views.put("twice", data(type).mapTargets(y -> y.mul(0.3)).normalize(SCALING));
    views.put("of weights", data(type).withWeights(1, 2, 3, 4, 5, 6, 7).normalize(SCALING));
    views.put("of a subset", data(type).shuffle(3).normalize(SCALING));
    views.put("of parts", data(type).concat(data(type)).normalize(SCALING).take(ROWS));
    return views;
  }

  private static double[] gather(Dataset data, DataType type, int... rows) {
    INDArray x = Nd4j.create(type, data.inputShape().withBatch(rows.length), 'c');
    INDArray y = Nd4j.create(type, data.targetShape().withBatch(rows.length), 'c');
    data.gather(rows, x, y);
    return doubles(Nd4j.concat(1, x, y));
  }

  @Test
  void rowsAreTheSameHoweverOftenAndInWhateverOrderTheyAreGathered() {
    for (DataType held : new DataType[] {FLOAT, DOUBLE}) {
      views(held)
          .forEach(
              (name, view) -> {
                for (DataType type : new DataType[] {FLOAT, DOUBLE, FLOAT}) {
                  double[] first = gather(view, type, 2, 0, 2);
                  assertThat(gather(view, type, 2, 0, 2)).as(name).isEqualTo(first);
                  double[] all = gather(view, type, IntStream.range(0, ROWS).toArray());
                  assertThat(gather(view, type, 2, 0, 2)).as(name).isEqualTo(first);
                  assertThat(gather(view, type, IntStream.range(0, ROWS).toArray()))
                      .as(name)
                      .isEqualTo(all);
                  Dataset anew = requireNonNull(views(held).get(name));
                  assertThat(gather(anew, type, IntStream.range(0, ROWS).toArray()))
                      .as(name)
                      .isEqualTo(all);
                }
              });
    }
  }

  @Test
  void rowsInMemoryAreMappedOnce() {
    AtomicInteger mapped = new AtomicInteger();
    UnaryOperator<INDArray> counted =
        x -> {
          mapped.addAndGet((int) x.size(0));
          return x.mul(2);
        };
    Dataset view = data(FLOAT).mapInputs(counted);
    mapped.set(0); // the first row, for its shape
    for (int i = 0; i < 3; i++) {
      gather(view, FLOAT, 1, 3);
      gather(view, FLOAT, 3);
    }
    assertThat(mapped).hasValue(2);
    gather(view, FLOAT, 3, 4);
    assertThat(mapped).hasValue(4);
    assertThat(view.offHeapBytes()).isEqualTo(ROWS * 3 * Float.BYTES);
  }

  @Test
  void rowsThatMayChangeAreNotKept() {
    Dataset changing =
        new Dataset() {
          private int calls;

          @Override
          public int size() {
            return ROWS;
          }

          @Override
          public Shape inputShape() {
            return Shape.of(1);
          }

          @Override
          public Shape targetShape() {
            return Shape.of(1);
          }

          @Override
          public void gather(int[] rows, INDArray inputs, INDArray targets) {
            inputs.assign(++calls);
            targets.assign(0);
          }
        };
    Dataset view = changing.normalize(InputScaling.divideBy(1));
    assertThat(gather(view, FLOAT, 1)).containsExactly(1, 0);
    assertThat(gather(view, FLOAT, 1)).containsExactly(2, 0);
    assertThat(view.offHeapBytes()).isZero();
  }

  @Test
  void keptRowsOfAClosedDataSetAreRefused() {
    Dataset data = data(FLOAT);
    Dataset scaled = data.normalize(SCALING);
    Dataset mapped = data.mapTargets(y -> y.mul(2));
    gather(scaled, FLOAT, 1);
    gather(mapped, FLOAT, 1);
    data.close();
    for (Dataset view : new Dataset[] {scaled, mapped}) {
      assertThatIllegalStateException()
          .isThrownBy(() -> gather(view, FLOAT, 1))
          .withMessageContaining("expected to be open, found closed");
    }
  }

  @Test
  void anEpochOfJoinedDataKeepsItsRowsToo() {
    Dataset joined = data(FLOAT).concat(data(FLOAT));
    assertThat(joined.inEpoch(1)).isSameAs(joined);
    Dataset scaled = joined.normalize(SCALING);
    assertThat(scaled.inEpoch(2)).isSameAs(scaled);
    Dataset drawn = joined.concat(data(FLOAT).augment((input, random) -> input[0]++, 1));
    assertThat(drawn.inEpoch(1)).isNotSameAs(drawn);
  }

  @Test
  void closingAViewFreesItsRows() {
    Dataset data = data(FLOAT);
    for (Dataset view : new Dataset[] {data.normalize(SCALING), data.mapInputs(x -> x.mul(2))}) {
      double[] before = gather(view, FLOAT, 1, 3);
      assertThat(view.offHeapBytes()).isPositive();
      view.close();
      view.close();
      assertThat(view.offHeapBytes()).isZero();
      assertThat(gather(view, FLOAT, 1, 3)).containsExactly(before);
      assertThat(view.offHeapBytes()).isZero();
    }
  }
}
