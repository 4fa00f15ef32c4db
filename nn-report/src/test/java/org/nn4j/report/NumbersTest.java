package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "3, 3",
    "123456789, 123456789",
    "0.1, 0.1",
    "1.23456789, 1.2346",
    "-0.000012345678, -0.000012346",
    "0.0000012345678, 0.0000012346",
    "1234567.89, 1234600",
    "1e300, 1E+300",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void textIsANumberOfFiveDigits(double number, String text) {
    assertThat(Numbers.text(number)).isEqualTo(text);
  }

  @Test
  void spreadKeepsTheEnds() {
    assertThat(Numbers.spread(5, 10)).containsExactly(0, 1, 2, 3, 4);
    assertThat(Numbers.spread(1000, 4)).containsExactly(0, 333, 666, 999);
  }

  @Test
  void cutCountsCharactersOutsideTheBasicPlaneOnce() {
    assertThat(Numbers.cut("🎉🎉🎉", 3)).isEqualTo("🎉🎉🎉");
    assertThat(Numbers.cut("🎉🎉🎉", 2)).isEqualTo("🎉🎉…");
  }

  @Test
  void longTimesAreInMinutes() {
    assertThat(Numbers.seconds(99.5)).isEqualTo("99.5 s");
    assertThat(Numbers.seconds(3725)).isEqualTo("62 min 5 s");
  }
}
