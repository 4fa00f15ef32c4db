package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.onBatchEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.nn4j.Shape;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.model.Network;

class StreamingTest {
  /** A stream whose batches share their memory, and that counts what is open and what was taken. */
  private static final class Stream implements BatchSource {
    private final Batches batches = Batches.inOrder(quadrants(1, 100), 10, FLOAT);
    int open;
    int taken;

    @Override
    public Shape inputShape() {
      return Shape.of(2);
    }

    @Override
    public Shape targetShape() {
      return Shape.of(4);
    }

    @Override
    public Epoch epoch(int number) {
      open++;
      Iterator<Batch> source = batches.epoch(number).iterator();
      return new Epoch() {
        @Override
        public Iterator<Batch> iterator() {
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return source.hasNext();
            }

            @Override
            public Batch next() {
              taken++;
              return source.next();
            }
          };
        }

        @Override
        public void close() {
          open--;
        }
      };
    }
  }

  private static TrainerBuilder plain(Network network) {
    return Trainer.builder(network).loss(crossEntropy()).optimizer(sgd(0.5));
  }

  @Test
  void aStreamTrainsAsTheDataItCarries() {
    Stream stream = new Stream();
    Network streamed = network();
    History history = plain(streamed).epochs(3).validation(quadrants(2, 10)).build().fit(stream);
    Network held = network();
    trainer(held).batchSize(10).shuffle(false).epochs(3).build().fit(quadrants(1, 100));
    assertThat(doubles(streamed.parameters().values()))
        .containsExactly(doubles(held.parameters().values()));
    assertThat(history.epochs()).extracting(EpochResult::steps).containsExactly(10, 10, 10);
    assertThat(stream.open).isZero();
    assertThat(stream.batchesPerEpoch()).isEqualTo(OptionalInt.empty());
  }

  private static double validationLoss(History history, int index) {
    return history.epochs().get(index).validation().loss();
  }

  @Test
  void aStreamIsValidatedOnAsTheDataItCarries() {
    Stream stream = new Stream();
    History streamed =
        trainer(network()).epochs(3).validation(stream).build().fit(quadrants(2, 40));
    History held =
        trainer(network()).epochs(3).validation(quadrants(1, 100)).build().fit(quadrants(2, 40));
    for (int i = 0; i < 3; i++) {
      assertThat(validationLoss(streamed, i)).isCloseTo(validationLoss(held, i), within(1e-6));
    }
    assertThat(stream.open).isZero();
    assertThat(stream.taken).as("three times ten batches").isEqualTo(30);
    assertThatThrownBy(() -> trainer(network()).validationSplit(0.1).validation(stream).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found validationSplit and validation; omit one of them");
    BatchSource other =
        BatchSource.of(Shape.of(2), Shape.of(5), epoch -> () -> List.<Batch>of().iterator());
    assertThatThrownBy(() -> trainer(network()).validation(other).build())
        .hasMessageContaining("Trainer, validation data, targets: ");
  }

  @Test
  void anEpochThatIsLeftInItsMiddleIsClosedAndNoMoreIsRead() {
    Stream stream = new Stream();
    Trainer trainer = plain(network()).steps(4).build();
    trainer.fit(stream);
    assertThat(stream.taken).isEqualTo(4);
    assertThat(stream.open).isZero();
    trainer.fit(stream);
    assertThat(trainer.progress().steps()).isEqualTo(8);
    TrainingListener broken =
        onBatchEnd(
            (event, training) -> {
              throw new IllegalArgumentException("broken");
            });
    Trainer failing = plain(network()).listener(broken).build();
    assertThatThrownBy(() -> failing.fit(stream)).hasMessage("broken");
    assertThat(stream.open).isZero();
  }

  @Test
  void anIteratorThatIsUsedUpIsNotTakenForAnEpoch() {
    Iterator<Batch> once = Batches.inOrder(quadrants(1, 20), 10, FLOAT).epoch(1).iterator();
    BatchSource source = BatchSource.of(Shape.of(2), Shape.of(4), epoch -> () -> once);
    Trainer trainer = plain(network()).epochs(2).build();
    assertThatThrownBy(() -> trainer.fit(source))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Trainer: expected at least one batch in epoch 2, found none; return all batches of the source"
                + " in each epoch");
    BatchSource empty =
        BatchSource.of(Shape.of(2), Shape.of(4), epoch -> () -> List.<Batch>of().iterator());
    assertThatThrownBy(() -> plain(network()).steps(1).build().fit(empty))
        .hasMessageContaining("in epoch 1, found none");
  }
}
