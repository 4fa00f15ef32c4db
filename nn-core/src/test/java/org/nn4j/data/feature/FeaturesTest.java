package org.nn4j.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.data.feature.NumberFeature.Bounds;

class FeaturesTest {
  private static final Bounds ANY = new Bounds(0, 100);

  private static final NumberFeature AGE =
      new NumberFeature("age", ANY, 40, 10, OptionalDouble.empty(), false);
  private static final NumberFeature INCOME =
      new NumberFeature("income", ANY, 0, 1, OptionalDouble.of(7), true);
  private static final BooleanFeature ONLINE =
      new BooleanFeature("online", OptionalDouble.empty(), false);
  private static final CategoryFeature PLAN =
      new CategoryFeature("plan", List.of("basic", "pro", "3"), UnknownCategory.ERROR);
  private static final Features FEATURES = Features.of(List.of(AGE, INCOME, ONLINE, PLAN));

  record Perhaps(
      OptionalInt age, OptionalDouble income, Optional<Boolean> online, OptionalLong plan) {}

  record Customer(int age, @Nullable Double income, boolean online, Plan plan) {}

  enum Plan {
    basic,
    pro
  }

  private static Map<String, Object> row(String name, @Nullable Object value) {
    Map<String, Object> row =
        new HashMap<>(Map.of("age", 50, "income", 2.5, "online", true, "plan", "pro"));
    row.put(name, value);
    return row;
  }

  @Test
  void aRowHasManyForms() {
    double[] x = {1, 2.5, 0, 1, 0, 1, 0};
    assertThat(FEATURES.encode(row("age", 50))).containsExactly(x);
    assertThat(FEATURES.encode(List.of("50", " 2.5", "yes", "pro "))).containsExactly(x);
    assertThat(FEATURES.encode(List.of(50.0, 2.5f, 1, Plan.pro))).containsExactly(x);
    assertThat(FEATURES.encode(new Customer(50, 2.5, true, Plan.pro))).containsExactly(x);
    assertThat(
            FEATURES.encode(
                new Perhaps(
                    OptionalInt.of(50),
                    OptionalDouble.of(2.5),
                    Optional.of(true),
                    OptionalLong.of(3))))
        .containsExactly(1, 2.5, 0, 1, 0, 0, 1);
    assertThat(FEATURES.encode(50, 2.5, 1, 3)).containsExactly(1, 2.5, 0, 1, 0, 0, 1);
    assertThat(FEATURES.inputs())
        .containsExactly(
            "age", "income", "income is missing", "online", "plan=basic", "plan=pro", "plan=3");
    assertThat(FEATURES.offset("plan")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "NA", "null", "?", "NaN"})
  void missingNumbersAreFilled(String missing) {
    double[] filled = {1, 7, 1, 1, 0, 1, 0};
    assertThat(FEATURES.encode(row("income", missing))).containsExactly(filled);
    assertThat(FEATURES.encode(row("income", null))).containsExactly(filled);
    assertThat(FEATURES.encode(row("income", Double.NaN))).containsExactly(filled);
    assertThat(FEATURES.encode(new Customer(50, null, true, Plan.pro))).containsExactly(filled);
    Perhaps empty =
        new Perhaps(
            OptionalInt.of(50), OptionalDouble.empty(), Optional.of(true), OptionalLong.of(3));
    assertThat(FEATURES.encode(empty)).containsExactly(1, 7, 1, 1, 0, 0, 1);
    assertThatThrownBy(() -> FEATURES.encode(row("age", missing)))
        .isInstanceOf(FeatureException.class)
        .hasMessageStartingWith("feature 'age': expected a finite number, found ")
        .hasMessageEndingWith("; supply it, or train with fillMissing(...)");
  }

  private static void refused(String feature, @Nullable Object value, String message) {
    assertThatThrownBy(() -> FEATURES.encode(row(feature, value)))
        .isInstanceOfSatisfying(
            FeatureException.class, e -> assertThat(e.feature()).isEqualTo(feature))
        .hasMessage("feature '" + feature + "': expected " + message);
  }

  @Test
  void otherValuesAreRefusedByName() {
    refused(
        "age",
        "old",
        "a finite number, found 'old'; pass a number, or a string with a decimal point");
    refused(
        "income",
        Double.POSITIVE_INFINITY,
        "a finite number, found 'Infinity'; pass a number, or a string with a decimal point");
    refused(
        "age",
        true,
        "a finite number, found 'true'; pass a number, or a string with a decimal point");
    refused("online", "maybe", "true or false, found 'maybe'; pass true, false, yes, no, 1 or 0");
    refused(
        "online",
        null,
        "true or false, found nothing; supply it, or train with" + " fillMissing(...)");
    String remedy =
        "pass a category of the training data, or train with"
            + " unknownCategories(UnknownCategory.ZEROS)";
    refused("plan", "gold", "one of the categories basic, pro, 3, found 'gold'; " + remedy);
    refused("plan", null, "one of the categories basic, pro, 3, found nothing; " + remedy);
  }

  @Test
  void aRequestThatLacksOrAddsAFeatureIsToldWhich() {
    Map<String, Object> less = row("age", 1);
    less.remove("online");
    assertThatThrownBy(() -> FEATURES.encode(less))
        .isInstanceOfSatisfying(
            FeatureException.class, e -> assertThat(e.feature()).isEqualTo("online"))
        .hasMessageContaining("expected a value, found only")
        .hasMessageEndingWith("; add it, with null if the value is missing");
    assertThatThrownBy(() -> FEATURES.encode(row("zip", 1)))
        .isInstanceOfSatisfying(
            FeatureException.class, e -> assertThat(e.feature()).isEqualTo("zip"))
        .hasMessage(
            "feature 'zip': expected one of the features age, income, online, plan, found 'zip';"
                + " remove it from the row");
    assertThatThrownBy(() -> FEATURES.encode(List.of(1, 2, 3)))
        .hasMessage(
            "Features: expected 4 values: age, income, online, plan, found 3 values; pass a value"
                + " for each feature, in this order");
  }

  /** A text of a request is read in time in proportion to its length. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES) // against hanging alone
  void longTextsAreRefusedWithoutBacktracking() {
    String digits = "1".repeat(4_000_000);
    assertThatThrownBy(() -> FEATURES.encode(row("age", digits + "x")))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("found '1111");
    assertThatThrownBy(() -> FEATURES.encode(row("age", "." + digits + "x")))
        .isInstanceOf(FeatureException.class);
    assertThatThrownBy(() -> FEATURES.encode(row("age", "1e" + digits + "x")))
        .isInstanceOf(FeatureException.class);
  }

  @Test
  void zeroAndOneAreTruthValuesInAnyType() {
    assertThat(FEATURES.encode(row("online", -0.0))[3]).isEqualTo(0.0);
    assertThat(FEATURES.encode(row("online", new BigDecimal("1.00")))[3]).isEqualTo(1);
    refused("online", 2, "true or false, found '2'; pass true, false, yes, no, 1 or 0");
  }

  record Failing(int age) {
    @Override
    public int age() {
      throw new IllegalStateException("no age yet");
    }
  }

  @Test
  void aComponentThatCannotBeReadIsNamedWithItsCause() {
    Features age = Features.of(List.of(AGE));
    assertThatThrownBy(() -> age.encode(new Failing(3)))
        .hasMessage(
            "Features: expected a component 'age' that can be read, found"
                + " java.lang.IllegalStateException: no age yet; correct the record's accessor");
  }

  @Test
  void unknownCategoriesCanBeZeros() {
    CategoryFeature plan = new CategoryFeature("plan", List.of("1", "2.50"), UnknownCategory.ZEROS);
    Features features = Features.of(List.of(plan));
    assertThat(features.encode(List.of("gold"))).containsExactly(0, 0);
    assertThat(features.encode(Arrays.asList((Object) null))).containsExactly(0, 0);
    assertThat(features.encode(1.0)).containsExactly(1, 0);
    assertThat(features.encode(List.of(2.5f))).containsExactly(0, 1);
    Features tenths =
        Features.of(List.of(new CategoryFeature("c", List.of("0.10"), UnknownCategory.ZEROS)));
    assertThat(tenths.encode(List.of(0.1f))).containsExactly(1);
    assertThat(tenths.encode((double) 0.1f)).containsExactly(0);
  }

  @Test
  void longNumbersAreCategoriesByAllTheirDigits() {
    Features ids =
        Features.of(
            List.of(
                new CategoryFeature(
                    "id",
                    List.of("1234567890123456788", "1234567890123456789.0", "7", "1e-999999999"),
                    UnknownCategory.ZEROS)));
    assertThat(ids.encode(List.of(1234567890123456788L))).containsExactly(1, 0, 0, 0);
    assertThat(ids.encode(List.of(1234567890123456789L))).containsExactly(0, 1, 0, 0);
    assertThat(ids.encode(List.of(1234567890123456787L))).containsExactly(0, 0, 0, 0);
    assertThat(ids.encode(List.of(1.23456789012345677e18))).containsExactly(0, 0, 0, 0);
    assertThat(ids.encode(List.of(new BigInteger("1234567890123456789"))))
        .containsExactly(0, 1, 0, 0);
    assertThat(ids.encode(List.of(new BigDecimal("7.00")))).containsExactly(0, 0, 1, 0);
    assertThat(ids.encode(List.of(new BigDecimal("1e999999999")))).containsExactly(0, 0, 0, 0);
    assertThat(ids.encode(List.of(new BigDecimal("10e-1000000000")))).containsExactly(0, 0, 0, 1);
    assertThat(ids.encode(List.of(0))).containsExactly(0, 0, 0, 0);
  }

  @Test
  void fillsAreLearned() {
    double[] known = {9, 1, 4, 2};
    assertThat(Fill.error().value(known)).isEmpty();
    assertThat(Fill.mean().value(known).getAsDouble()).isCloseTo(4, within(1e-12));
    assertThat(Fill.median().value(known)).hasValue(3);
    assertThat(Fill.median().value(9, 1, 4)).hasValue(4);
    assertThat(Fill.median().value(Double.MAX_VALUE, Double.MAX_VALUE)).hasValue(Double.MAX_VALUE);
    assertThat(Fill.mean().value(Double.MAX_VALUE, Double.MAX_VALUE)).hasValue(Double.MAX_VALUE);
    assertThat(Fill.constant(-1).value()).hasValue(-1);
    assertThat(Fill.constant(-1).withIndicator()).hasToString("constant(-1.0).withIndicator()");
    assertThatThrownBy(() -> Fill.median().value())
        .hasMessage(
            "median(): expected a column with at least one number, found none; ignore the column,"
                + " or"
                + " fill it with constant(...)");
    assertThatThrownBy(() -> Fill.error().withIndicator())
        .hasMessageContaining("expected a rule that fills, found error()");
    assertThatThrownBy(() -> Fill.constant(Double.NaN)).hasMessageContaining("constant");
  }

  @Test
  void featuresThatCannotEncodeAreRefused() {
    assertThatThrownBy(() -> Features.of(List.of(AGE, AGE)))
        .hasMessageContaining("one or more features of different names, found [age, age]");
    assertThatThrownBy(() -> Features.of(List.of())).hasMessageContaining("found []");
    assertThatThrownBy(() -> new NumberFeature("a", ANY, 0, 0, OptionalDouble.empty(), false))
        .hasMessageContaining("feature 'a': expected a deviation that is finite and not 0");
    assertThatThrownBy(() -> new NumberFeature("a", ANY, 0, 1, OptionalDouble.empty(), true))
        .hasMessageContaining("expected a fill beside the indicator");
    assertThatThrownBy(() -> new Bounds(2, 1)).hasMessageContaining("at most the maximum");
    assertThatThrownBy(() -> new CategoryFeature("c", List.of("a", "a"), UnknownCategory.ERROR))
        .hasMessageContaining("feature 'c': expected one or more different categories");
    assertThatThrownBy(() -> new TargetColumn("y", 0, Double.NaN))
        .hasMessageContaining("target 'y': expected a deviation that is finite and not 0");
  }
}
