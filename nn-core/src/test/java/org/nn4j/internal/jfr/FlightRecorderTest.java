package org.nn4j.internal.jfr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Trainer;

/** Recordings of processes of their own. */
class FlightRecorderTest {
  /** Trains two epochs of two steps, saves, loads, and predicts for three samples at once. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      Network network = Network.builder(1).dense(2).dense(1).seed(1).build();
      Trainer.builder(network)
          .loss(meanSquaredError())
          .optimizer(sgd(0.1))
          .batchSize(2)
          .epochs(2)
          .build()
          .fit(
              Dataset.of(new double[][] {{1}, {2}, {3}, {4}}, new double[][] {{1}, {2}, {3}, {4}}));
      Path file = Path.of(args[0]);
      ModelFiles.save(network, file);
      Network loaded = ModelFiles.load(file);
      System.out.println(loaded.predict(new double[3][1]).length);
      System.out.println(Predictor.of(loaded).predict(new float[3]).length);
    }
  }

  private static String output(Path folder, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Program.class.getName());
    command.add(folder.resolve("model").toString());
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(program.getInputStream().readAllBytes(), UTF_8);
    assertThat(program.waitFor()).as(output).isZero();
    return output.strip();
  }

  @Test
  void epochsStepsPredictionsAndLoadsAreRecorded(@TempDir Path folder) throws Exception {
    Path recording = folder.resolve("recording.jfr");
    output(
        folder,
        "-XX:StartFlightRecording:filename=" + recording + ",+org.nn4j.Prediction#threshold=0ms");
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().startsWith("org.nn4j."))
            .toList();

    List<RecordedEvent> epochs = named("Epoch", events);
    assertThat(epochs).extracting(event -> event.getInt("epoch")).containsExactly(1, 2);
    assertThat(epochs).extracting(event -> event.getLong("steps")).containsOnly(2L);
    assertThat(epochs)
        .allMatch(event -> event.getDouble("loss") > 0)
        .allMatch(event -> event.getDouble("samplesPerSecond") > 0)
        .allMatch(event -> !event.getDuration().isZero());

    List<RecordedEvent> steps = named("Step", events);
    assertThat(steps).as("one in each 10 ms at most").hasSizeBetween(1, 4);
    assertThat(steps.get(0).getLong("step")).isEqualTo(1);
    assertThat(steps.get(0).getInt("epoch")).isEqualTo(1);
    assertThat(steps.get(0).getInt("samples")).isEqualTo(2);
    assertThat(steps.get(0).getDouble("loss")).isPositive();

    List<RecordedEvent> loads = named("ModelLoad", events);
    assertThat(loads).hasSize(1);
    assertThat(loads.get(0).getString("source")).isEqualTo(folder.resolve("model").toString());
    assertThat(loads.get(0).getLong("parameters")).isEqualTo(7);

    assertThat(named("Prediction", events))
        .extracting(event -> event.getLong("samples"))
        .containsExactly(3L, 3L);
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("org.nn4j." + name))
        .toList();
  }

  @Test
  void withoutARecordingNoClassOfAnEventIsLoaded(@TempDir Path folder) throws Exception {
    assertThat(output(folder, "-Xlog:class+load"))
        .contains(TrainingRecorder.class.getName())
        .doesNotContain(EpochEvent.class.getName())
        .doesNotContain(PredictionEvent.class.getName());
  }

  @Test
  void aRecordingMayStartDuringARun(@TempDir Path folder) throws Exception {
    TrainingRecorder training = new TrainingRecorder();
    recordNothing(training, 1);
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      training.epochBegin();
      training.epochEnd(7, 1, 0, 1);
      recording.stop();
      recording.dump(file);
    }
    assertThat(named("Epoch", RecordingFile.readAllEvents(file)))
        .extracting(event -> event.getInt("epoch"))
        .containsExactly(7);
  }

  @Test
  void withoutARecordingNoObjectIsCreated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    TrainingRecorder training = new TrainingRecorder();
    recordNothing(training, 1); // loads the classes
    long before = threads.getCurrentThreadAllocatedBytes();
    recordNothing(training, 1000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
  }

  private static void recordNothing(TrainingRecorder training, int times) {
    for (int i = 0; i < times; i++) {
      training.epochBegin();
      training.stepBegin();
      training.stepEnd(1, i, 0, 1);
      training.epochEnd(1, i, 0, 1);
      FlightRecorder.prediction().end(1);
      FlightRecorder.modelLoad().end("file", 1);
    }
  }

  @Test
  void withoutTheModuleNothingIsRecorded(@TempDir Path folder) throws Exception {
    String others =
        ModuleLayer.boot().modules().stream()
            .map(Module::getName)
            .filter(name -> !name.contains("jfr"))
            .collect(Collectors.joining(","));
    assertThat(output(folder, "--limit-modules", others).split("\\R")).containsExactly("3", "3");
  }
}
