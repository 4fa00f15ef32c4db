package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page of the digit pad, in headless Chromium. */
@SuppressWarnings("NullAway.Init")
@EnabledIf(
    value = "org.nn4j.examples.Chromium#isInstalled",
    disabledReason = "Chromium is missing: the digit pad is not tested in a browser")
@Timeout(value = 20, unit = TimeUnit.MINUTES) // against hanging alone
class DigitPadBrowserTest {
  private static final String IDLE = "find('main').getAttribute('aria-busy') === 'false'";

  /** A function that counts the shades of a 28 x 28 canvas. */
  private static final String SHADES =
      "(id => new Set(new Uint32Array("
          + "find(id).getContext('2d').getImageData(0, 0, 28, 28).data.buffer)).size)";

  private static final String LABEL = "find('label').textContent";

  @TempDir private static Path folder;
  private static DigitPadRun pad;
  private static Chromium browser;

  @BeforeAll
  static void open() throws Exception {
    String model = folder.resolve("model.safetensors").toString();
    pad =
        new DigitPadRun(
            "open ", "--model", model, "--data", "generated", "--digits", "10000", "--epochs", "3");
    browser =
        Chromium.open(
            Chromium.installed().orElseThrow(), Files.createDirectory(folder.resolve("chromium")));
    for (String domain : List.of("Page", "Runtime", "Log")) {
      browser.call(domain + ".enable", Map.of());
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (pad != null) {
      pad.close();
    }
  }

  @BeforeEach
  void load() throws Exception {
    browser.evaluate("globalThis.old = true");
    browser.forgetEvents();
    browser.call("Page.navigate", Map.of("url", pad.uri().toString()));
    browser.awaitTrue("!globalThis.old && document.readyState === 'complete' && " + IDLE);
  }

  private static double number(String expression) throws Exception {
    return Double.parseDouble(browser.evaluate(expression));
  }

  /** Draws strokes by mouse or finger, and waits for the prediction. */
  private static void draw(List<double[]> strokes, boolean finger) throws Exception {
    browser.evaluate("board.scrollIntoView()");
    double left = number("board.getBoundingClientRect().left");
    double top = number("board.getBoundingClientRect().top");
    double unit = number("board.getBoundingClientRect().width / SIDE");
    List<Future<String>> events = new ArrayList<>();
    for (double[] stroke : strokes) {
      for (int i = 0; i < stroke.length; i += 2) {
        double x = left + unit * stroke[i];
        double y = top + unit * stroke[i + 1];
        events.add(
            finger
                ? touch(i == 0 ? "touchStart" : "touchMove", x, y)
                : mouse(i == 0 ? "mousePressed" : "mouseMoved", x, y));
        if (i + 2 == stroke.length) {
          events.add(
              finger
                  ? browser.send(
                      "Input.dispatchTouchEvent",
                      Map.of("type", "touchEnd", "touchPoints", List.of()))
                  : mouse("mouseReleased", x, y));
        }
      }
    }
    for (Future<String> event : events) {
      event.get();
    }
    browser.awaitTrue(IDLE);
  }

  private static Future<String> mouse(String type, double x, double y) {
    return browser.send(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
  }

  private static Future<String> touch(String type, double x, double y) {
    return browser.send(
        "Input.dispatchTouchEvent",
        Map.of("type", type, "touchPoints", List.of(Map.of("x", x, "y", y))));
  }

  private static void key(String key) throws Exception {
    String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    for (String type : List.of("keyDown", "keyUp")) {
      browser.call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "text",
              type.equals("keyDown") ? text : "",
              "windowsVirtualKeyCode",
              key.equals("Tab") ? 9 : key.equals("Enter") ? 13 : 0));
    }
    browser.awaitTrue(IDLE);
  }

  @Test
  void tenDigitsOfTenAreRecognized() throws Exception {
    List<String> labels = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      browser.evaluate("clear()");
      draw(DrawnDigits.of(digit), digit % 2 == 1);
      labels.add(browser.evaluate(LABEL));
    }
    assertThat(labels).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertNoErrors();
  }

  private static void assertNoErrors() {
    assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
    assertThat(browser.events("Log.entryAdded")).isEmpty();
  }

  @Test
  void theAnswerIsExplained() throws Exception {
    draw(DrawnDigits.of(3), false);
    String bar = "bars[3].className + ' ' + bars[3].lastChild.textContent";
    assertThat(browser.evaluate(bar)).matches("first \\d+\\.\\d %");
    assertThat(number("Math.round(bars[3].querySelector('.bar > span').offsetWidth)"))
        .isGreaterThan(number("Math.round(bars[2].querySelector('.bar > span').offsetWidth)"));
    assertThat(browser.evaluate("[" + SHADES + "('seen') > 5, " + SHADES + "('saliency') > 100]"))
        .isEqualTo("true,true");
    assertThat(browser.evaluate("[...find('layers').children].map(f => f.innerText).join('|')"))
        .matches(
            "Dense\\(784 -> 256, relu\\): \\d+ of 256 not 0, maximum [0-9.]+"
                + "\\|Dense\\(256 -> 128, relu\\): \\d+ of 128 not 0, maximum [0-9.]+"
                + "\\|Dense\\(128 -> 10, softmax\\): 10 of 10 not 0, maximum [0-9.]+");
    assertThat(browser.evaluate("find('time').textContent")).matches("Answered in \\d+ ms");
    String unnamed = "[...document.querySelectorAll('canvas')].filter(c => !c.ariaLabel).length";
    assertThat(number(unnamed)).isZero();
    assertThat(number("document.documentElement.scrollWidth - innerWidth")).isNotPositive();
    assertNoErrors();
  }

  @Test
  void theKeyboardDraws() throws Exception {
    key("Tab");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("board");
    key(" ");
    for (int i = 0; i < 12; i++) {
      key("ArrowDown");
    }
    assertThat(browser.evaluate("strokes")).startsWith("140,140,140,150,").endsWith(",140,260");
    assertThat(browser.evaluate(LABEL)).isEqualTo("1");
    key("Tab");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("undo");
    key("Enter");
    assertThat(browser.evaluate("strokes.length + " + LABEL)).isEqualTo("0–");
    draw(DrawnDigits.of(7), false);
    key("Escape");
    assertThat(browser.evaluate("strokes.length + " + LABEL)).isEqualTo("0–");
    assertThat(browser.evaluate("find('undo').disabled && find('clear').disabled"))
        .isEqualTo("true");
    assertNoErrors();
  }

  /** A reply that is no explanation, and a server that has stopped. */
  @Test
  void errorsAreShown() throws Exception {
    browser.evaluate("strokes = [[-1, 0]], change()");
    browser.awaitTrue(IDLE);
    assertThat(browser.evaluate("find('remark').textContent"))
        .startsWith("drawing: expected strokes ");
    browser.evaluate("globalThis.fetch = () => Promise.reject(new TypeError()), change()");
    browser.awaitTrue(IDLE);
    assertThat(browser.evaluate("find('remark').textContent"))
        .isEqualTo("No answer: start DigitPad again.");
  }
}
