package org.nn4j.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.report.Runs;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/** Event files are read back by TensorFlow's classes. */
class TensorBoardListenerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

  private final Path folder;
  private final Dataset data = Runs.classes(60, 4, 3);
  private final Network network =
      Network.builder(4)
          .layer(Network.builder(4).dense(5, relu()).batchNormalization().spec())
          .dense(3, softmax())
          .seed(1)
          .build();

  private Trainer trainer(Path target) {
    return Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(0.01))
        .batchSize(20)
        .epochs(2)
        .validation(data)
        .metric(accuracy())
        .listener(new TensorBoardListener(target, CLOCK))
        .build();
  }

  /** Reads the records of a file without a check of their sums. */
  private static List<Event> read(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      while (in.available() > 0) {
        byte[] data = new byte[Math.toIntExact(Long.reverseBytes(in.readLong()))];
        in.readInt();
        in.readFully(data);
        in.readInt();
        events.add(Event.parseFrom(data));
      }
    }
    return events;
  }

  private static Summary.Value value(Event event, String tag) {
    return event.getSummary().getValueList().stream()
        .filter(value -> value.getTag().equals(tag))
        .findFirst()
        .orElseThrow();
  }

  TensorBoardListenerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void figuresAreScalars() throws IOException {
    Path runs = folder.resolve("runs").resolve("first");
    History history = trainer(runs).fit(data);
    List<Event> events = read(runs.resolve("events.out.tfevents.1700000000.nn4j"));
    assertThat(events).hasSize(3);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events).extracting(Event::getStep).containsExactly(0L, 3L, 6L);
    assertThat(events).extracting(Event::getWallTime).containsOnly(1_700_000_000.5);
    for (int i = 0; i < 2; i++) {
      Event event = events.get(i + 1);
      history
          .epochs()
          .get(i)
          .figures()
          .forEach(
              (name, figure) -> {
                if (!name.equals("epoch") && !name.equals("steps")) {
                  assertThat(value(event, name).getSimpleValue()).isEqualTo(figure.floatValue());
                }
              });
    }
  }

  @Test
  void parametersAndGradientsAreHistograms() throws IOException {
    trainer(folder).fit(data);
    Event last = read(folder.resolve("events.out.tfevents.1700000000.nn4j")).get(2);
    assertThat(last.getSummary().getValueList())
        .filteredOn(Summary.Value::hasHisto)
        .extracting(Summary.Value::getTag)
        .contains(
            "values/layers.0.layers.0.weight",
            "gradients/layers.0.layers.0.weight",
            "values/layers.0.layers.1.running_mean",
            "values/layers.1.bias")
        .doesNotContain("gradients/layers.0.layers.1.running_mean");
    INDArray weight = network.layers().get(1).parameters().get(0).value();
    HistogramProto histogram = value(last, "values/layers.1.weight").getHisto();
    assertThat(histogram.getNum()).isEqualTo(15);
    assertThat(histogram.getMin()).isEqualTo(weight.minNumber().doubleValue());
    assertThat(histogram.getMax()).isEqualTo(weight.maxNumber().doubleValue());
    assertThat(histogram.getSum()).isCloseTo(weight.sumNumber().doubleValue(), within(1e-5));
    assertThat(histogram.getSumSquares())
        .isCloseTo(weight.mul(weight).sumNumber().doubleValue(), within(1e-5));
    assertThat(histogram.getBucketList().stream().mapToDouble(c -> c).sum()).isEqualTo(15);
    assertThat(histogram.getBucketLimitList()).hasSize(30).isSorted();
    assertThat(histogram.getBucketLimit(29)).isEqualTo(histogram.getMax());
  }

  /** A file of TensorFlow begins with the length 24 and the sum {@code a3 7f 4b 22}. */
  @Test
  void sumsAreThoseOfTensorFlow() throws IOException {
    byte[] length = {24, 0, 0, 0, 0, 0, 0, 0};
    assertThat(EventFile.maskedCrc(length, length.length)).isEqualTo(0x224b7fa3);
    trainer(folder).fit(data);
    byte[] file = Files.readAllBytes(folder.resolve("events.out.tfevents.1700000000.nn4j"));
    ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (records.hasRemaining()) {
      byte[] size = Arrays.copyOfRange(file, records.position(), records.position() + Long.BYTES);
      byte[] event = new byte[Math.toIntExact(records.getLong())];
      assertThat(records.getInt()).isEqualTo(EventFile.maskedCrc(size, size.length));
      records.get(event);
      assertThat(records.getInt()).isEqualTo(EventFile.maskedCrc(event, event.length));
    }
  }

  @Test
  void eachFitHasItsFile() throws IOException {
    Trainer trainer = trainer(folder);
    trainer.fit(data);
    trainer.fit(data);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "events.out.tfevents.1700000000.nn4j", "events.out.tfevents.1700000000.nn4j.1");
    }
  }

  @Test
  void bucketsAreOfEqualWidth() throws Exception {
    double[] values = {0, 0.5, 30, 29.5, 15};
    HistogramProto histogram =
        HistogramProto.parseFrom(TensorBoardListener.histogram(values).toBytes());
    assertThat(histogram.getBucketList()).hasSize(30).startsWith(2.0).endsWith(2.0);
    assertThat(histogram.getBucket(15)).isEqualTo(1);
    assertThat(histogram.getBucketLimit(15)).isEqualTo(16);
    HistogramProto same = HistogramProto.parseFrom(TensorBoardListener.histogram(7, 7).toBytes());
    assertThat(same.getBucketList()).startsWith(2.0);
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeTheFirstStep() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Trainer trainer = trainer(file);
    assertThatThrownBy(() -> trainer.fit(data))
        .hasMessageStartingWith("TensorBoardListener, " + file + ": expected a folder");
    assertThat(trainer.progress().steps()).isZero();
  }
}
