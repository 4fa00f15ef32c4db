package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.report.tensorboard.TensorBoardListener;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

class ReportListenerTest {
  private static final long SECOND = 1_000_000_000;

  private final Path folder;
  private final Dataset data = Runs.classes(60, 4, 3);
  private final ReportOptions options = ReportOptions.titled("run").evaluatedOn(data);

  private static Network network() {
    return Network.builder(4).dense(5, relu()).dense(3, softmax()).seed(1).build();
  }

  private TrainerBuilder trainer(Network network) {
    return Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(0.01))
        .batchSize(20)
        .seed(42)
        .epochs(3)
        .validation(data)
        .metric(accuracy());
  }

  /** Listener that reads the page after each epoch. */
  private static final class Reader implements TrainingListener {
    private final Path file;
    private final List<Document> pages = new ArrayList<>();

    Reader(Path file) {
      this.file = file;
    }

    @Override
    public void onEpochEnd(EpochResult event, Training training) {
      pages.add(page(file));
    }
  }

  private static Document page(Path file) {
    try {
      return Jsoup.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ReportListenerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void thePageIsRewrittenAfterEachEpoch() throws IOException {
    Path file = folder.resolve("report.html");
    AtomicLong now = new AtomicLong();
    Reader reader = new Reader(file);
    trainer(network())
        .listener(new ReportListener(file, options, () -> now.addAndGet(SECOND)))
        .listener(reader)
        .build()
        .fit(data);
    assertThat(reader.pages.stream().map(page -> page.select(".state").text()))
        .containsExactly(
            "Training runs: epoch 1 has ended.",
            "Training runs: epoch 2 has ended.",
            "Training runs: epoch 3 has ended.");
    assertThat(reader.pages.get(0).body().hasAttr("data-running")).isTrue();
    Document last = page(file);
    assertThat(last.body().hasAttr("data-running")).isFalse();
    assertThat(last.select(".state").text()).isEqualTo("Training has ended: completed: 3 epochs.");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shortEpochsShareAPage() {
    Path file = folder.resolve("report.html");
    AtomicLong now = new AtomicLong();
    Reader reader = new Reader(file);
    trainer(network())
        .listener(new ReportListener(file, options, () -> now.addAndGet(SECOND / 4)))
        .listener(reader)
        .epochs(4)
        .build()
        .fit(data);
    assertThat(reader.pages.stream().map(page -> page.select(".state").text()))
        .startsWith("Training has begun.", "Training has begun.");
    assertThat(Runs.chart(page(file), "Loss").select("tbody tr")).hasSize(4);
  }

  @Test
  void thePageHasSettingsAndLayers() {
    Path file = folder.resolve("report.html");
    trainer(network())
        .listener(ReportListener.to(file, options.note("data", "60 samples")))
        .build()
        .fit(data);
    Document page = page(file);
    assertThat(Runs.row(page, "Settings", "seed")).containsExactly("42");
    assertThat(Runs.row(page, "Settings", "batch size")).containsExactly("20");
    assertThat(Runs.row(page, "Settings", "loss")).containsExactly("cross-entropy");
    assertThat(Runs.row(page, "Settings", "epochs")).containsExactly("3");
    assertThat(Runs.row(page, "Settings", "data")).containsExactly("60 samples");
    assertThat(Runs.row(page, "Layers", "0 Dense(4 -> 5, relu)")).containsExactly("[B, 5]", "25");
    assertThat(Runs.row(page, "Layers", "total")).containsExactly("FLOAT", "43");
    for (String title :
        List.of(
            "Mean activation",
            "Spread of activations",
            "Dead units",
            "Gradients of the last step")) {
      assertThat(Runs.chart(page, title).select("thead th").eachText())
          .containsExactly(
              "epoch", "layers.0 Dense(4 -> 5, relu)", "layers.1 Dense(5 -> 3, softmax)");
      assertThat(Runs.chart(page, title).select("tbody tr")).hasSize(3);
    }
  }

  @Test
  void trainingHasTheSameBits() {
    Network plain = network();
    trainer(plain).build().fit(data);
    Network reported = network();
    trainer(reported)
        .listener(ReportListener.to(folder.resolve("report.html"), options))
        .listener(TensorBoardListener.to(folder.resolve("events")))
        .build()
        .fit(data);
    assertThat(reported.parameters().values()).isEqualTo(plain.parameters().values());
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeTheFirstStep() {
    Path file = folder.resolve("missing").resolve("report.html");
    Trainer trainer = trainer(network()).listener(ReportListener.to(file, options)).build();
    assertThatThrownBy(() -> trainer.fit(data))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("ReportListener, " + file)
        .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    assertThat(trainer.progress().steps()).isZero();
  }

  @Test
  void picturesThatDoNotFitAreRefusedBeforeTheFirstStep() {
    Path file = folder.resolve("report.html");
    Trainer trainer =
        trainer(network()).listener(ReportListener.to(file, options.pictures(3, 3))).build();
    assertThatThrownBy(() -> trainer.fit(data)).hasMessageStartingWith("ReportOptions, pictures:");
    assertThat(trainer.progress().steps()).isZero();
    assertThat(file).doesNotExist();
  }

  @Test
  void aFailedRunLeavesItsPage() {
    Path file = folder.resolve("report.html");
    TrainingListener failing = new FailingListener();
    Trainer trainer =
        trainer(network())
            .listener(ReportListener.to(file, ReportOptions.titled("run")))
            .listener(failing)
            .build();
    assertThatThrownBy(() -> trainer.fit(data)).hasMessage("full");
    assertThat(page(file).select(".state").text())
        .isEqualTo("Training has ended: failed: java.lang.IllegalStateException: full.");
    assertThat(Runs.chart(page(file), "Loss").select("tbody tr")).hasSize(1);
  }

  /** Listener that fails after the first epoch. */
  private static final class FailingListener implements TrainingListener {
    @Override
    public void onEpochEnd(EpochResult event, Training training) {
      throw new IllegalStateException("full");
    }
  }

  @Test
  void aSecondFitContinuesThePage() {
    Path file = folder.resolve("report.html");
    Trainer trainer = trainer(network()).listener(ReportListener.to(file, options)).build();
    trainer.fit(data);
    trainer.fit(data);
    assertThat(Runs.chart(page(file), "Loss").select("tbody td:first-child").eachText())
        .containsExactly("1", "2", "3", "4", "5", "6");
  }
}
