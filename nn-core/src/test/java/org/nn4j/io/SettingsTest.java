package org.nn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Settings ALL =
      Settings.none()
          .with("number", 0.1)
          .with("whole", 1.0)
          .with("seed", Long.MIN_VALUE)
          .with("zero", -0.0)
          .with("flag", true)
          .with("off", false)
          .with("text", "a \"b\"\n\u0000")
          .with("inner", Settings.none().with("x", 1))
          .with("numbers", List.of(1, 2L, 0.5))
          .with("list", List.of(Settings.none().with("y", 2), Settings.none()));

  @Test
  void areReadBackFromTheirText() {
    Settings read = Settings.parse(ALL.toString());
    assertThat(read).isEqualTo(ALL).hasSameHashCodeAs(ALL);
    assertThat(read.names()).containsExactlyElementsOf(ALL.names());
    assertThat(read.getDouble("number")).isEqualTo(0.1);
    assertThat(read.getInt("whole")).isEqualTo(1);
    assertThat(read.getDouble("whole")).isEqualTo(1);
    assertThat(read.getLong("seed")).isEqualTo(Long.MIN_VALUE);
    assertThat(1 / read.getDouble("zero")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(read.getBoolean("flag")).isTrue();
    assertThat(read.getBoolean("off")).isFalse();
    assertThat(ALL.toString()).contains("\"whole\":1,", "\"zero\":-0.0,", "\"numbers\":[1,2,0.5]");
    assertThat(read.getString("text")).isEqualTo("a \"b\"\n\u0000");
    assertThat(read.getSettings("inner").getLong("x")).isEqualTo(1);
    assertThat(read.getList("numbers", Number.class)).containsExactly(1L, 2L, 0.5);
    assertThat(read.getList("list", Settings.class)).hasSize(2);
    assertThat(Settings.ofTexts(Map.of("a", "b")).toTexts()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void sayWhatIsMissingOrOfAnotherType() {
    assertThatThrownBy(() -> ALL.getDouble("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Settings: expected a number named 'nothing', found none; write the file again, or"
                + " correct it");
    assertThatThrownBy(() -> ALL.getLong("number")).hasMessageContaining("found 0.1");
    assertThatThrownBy(() -> ALL.getInt("seed")).hasMessageContaining("at most 2^31 - 1");
    assertThatThrownBy(() -> ALL.getBoolean("text"))
        .hasMessageContaining("true or false named 'text'");
    assertThatThrownBy(() -> ALL.getList("numbers", Long.class)).hasMessageContaining("found 0.5");
    assertThatThrownBy(() -> ALL.getList("text", String.class)).hasMessageContaining("a list");
  }

  @Test
  void refuseANameTwiceAndNumbersThatAreNone() {
    assertThatThrownBy(() -> ALL.with("flag", 1)).hasMessageContaining("each name once");
    assertThatThrownBy(() -> ALL.and(ALL)).hasMessageContaining("each name once");
    assertThatThrownBy(() -> ALL.with("x", Double.NaN)).hasMessageContaining("a finite 'x'");
    assertThatThrownBy(() -> ALL.with("x", List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ALL.with("x", List.of('c')))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "[]",
        "{",
        "{}x",
        "{}{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":null}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{a:1}",
        "{\"a\":[1,]}",
        "null"
      })
  void refuseWhatIsNoSoundObject(String json) {
    assertThatThrownBy(() -> Settings.parse(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nestAsDeepAsTheLimit() {
    Settings deepest = Settings.none().with("x", 1);
    for (int level = 1; level < Json.MAX_DEPTH; level += 2) {
      List<?> list = List.of(deepest);
      deepest =
          level + 1 < Json.MAX_DEPTH
              ? Settings.none().with("x", list)
              : Settings.none().with("x", deepest);
    }
    assertThat(Settings.parse(deepest.toString())).isEqualTo(deepest);
    Settings deeper = Settings.none().with("x", deepest);
    assertThatThrownBy(deeper::toString).hasMessageContaining("at most " + Json.MAX_DEPTH);
    String text = deepest.toString().replace("1", "[1]");
    assertThatThrownBy(() -> Settings.parse(text)).hasMessageContaining("more than 200 levels");
  }

  @Test
  void refuseNestingThatNoFileNeeds() {
    String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThatThrownBy(() -> Settings.parse(deep)).isInstanceOf(IllegalArgumentException.class);
    Settings nested = Settings.none();
    for (int i = 0; i < 300; i++) {
      nested = Settings.none().with("a", nested);
    }
    assertThatThrownBy(nested::toString)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nesting of at most 200 levels");
  }

  @Test
  void listAllDifferencesWithTheirPaths() {
    Settings ours =
        Settings.none()
            .with("same", 1)
            .with("a", 2)
            .with("layers", List.of(Settings.none().with("units", 3).with("gone", true)));
    Settings theirs =
        Settings.none()
            .with("same", 1)
            .with("a", "two")
            .with("layers", List.of(Settings.none().with("units", 4)))
            .with("more", 5);
    assertThat(ours.differences(theirs))
        .containsExactly(
            "a: expected 2, found two",
            "layers.0.units: expected 3, found 4",
            "layers.0.gone: expected true, found none",
            "more: expected none, found 5");
    assertThat(ours.differences(ours)).isEmpty();
  }

  /** A double is as near to the integer of a file as it can be. */
  @Test
  void integersOfMoreDigitsThanADoubleHasAreEqualToItsRounding() {
    Settings file = Settings.parse("{\"x\":2712847316834987123,\"seed\":2712847316834987123}");
    long seed = file.getLong("seed");
    Settings read = Settings.none().with("x", file.getDouble("x")).with("seed", seed);
    assertThat(read.differences(file)).isEmpty();
    Settings other =
        Settings.none().with("x", Math.nextUp(file.getDouble("x"))).with("seed", seed + 1);
    assertThat(other.differences(file)).hasSize(2);
  }
}
