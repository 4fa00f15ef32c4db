package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.sgd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.Dataset;
import org.nn4j.data.toy.ToySets;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.report.ReportListener;
import org.nn4j.report.ReportOptions;
import org.nn4j.train.Trainer;

/** A report with long names in headless Chromium. */
@Timeout(value = 20, unit = TimeUnit.MINUTES) // against hanging alone
class ReportBrowserTest {
  private static final String LONG = "a_name_without_spaces_".repeat(20);
  private static final String DRAWN = "document.querySelectorAll('.plot canvas').length";
  private static final String COLOR = "getComputedStyle(document.body).backgroundColor";

  private static final String FIRST_EPOCH = // the cursor of the first chart is there
      "document.querySelector('.plot .u-value').textContent === '1'";

  private final Path folder;

  ReportBrowserTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path report() {
    Dataset data = ToySets.spiral(3, 20, 0.1, 1);
    Network network = Network.builder(2).dense(3, softmax()).seed(1).build();
    network.setInfo(
        ModelInfo.none()
            .withClassLabels("<script>alert(1)</script>", LONG, "c")
            .withNote(LONG, LONG));
    Path file = folder.resolve("report.html");
    Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(sgd(0.1))
        .epochs(3)
        .validation(data)
        .metric(accuracy())
        .listener(ReportListener.to(file, ReportOptions.titled(LONG).evaluatedOn(data)))
        .build()
        .fit(data);
    return file;
  }

  @Test
  void aPhoneShowsAllChartsInLightAndDarkMode() throws Exception {
    Optional<Path> program = Chromium.installed();
    assumeTrue(program.isPresent(), "Chromium is missing: reports are not tested in a browser");
    Path file = report();
    Path home = Files.createDirectory(folder.resolve("chromium"));
    try (Chromium browser = Chromium.open(program.get(), home)) {
      for (String domain : List.of("Page", "Runtime", "Log")) {
        browser.call(domain + ".enable", Map.of());
      }
      Map<String, Object> phone =
          Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true);
      browser.call("Emulation.setDeviceMetricsOverride", phone);
      browser.call("Page.navigate", Map.of("url", file.toUri().toString()));
      browser.awaitTrue("document.readyState === 'complete' && " + DRAWN + " > 0");

      assertThat(browser.evaluate(DRAWN)).isEqualTo("9");
      assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("390");

      browser.evaluate("document.querySelector('.plot').focus()");
      for (String type : List.of("keyDown", "keyUp")) {
        browser.call("Input.dispatchKeyEvent", Map.of("type", type, "key", "ArrowRight"));
      }
      browser.awaitTrue(FIRST_EPOCH);

      String light = browser.evaluate(COLOR);
      browser.evaluate("globalThis.drawn = document.querySelector('.plot canvas')");
      Map<String, String> dark = Map.of("name", "prefers-color-scheme", "value", "dark");
      browser.call("Emulation.setEmulatedMedia", Map.of("features", List.of(dark)));
      browser.awaitTrue("!drawn.isConnected && " + DRAWN + " === 9 && " + FIRST_EPOCH);
      assertThat(browser.evaluate(COLOR)).isNotEqualTo(light);

      assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
      assertThat(browser.events("Log.entryAdded")).isEmpty();
      assertThat(browser.events("Page.javascriptDialogOpening")).isEmpty();
    }
  }
}
