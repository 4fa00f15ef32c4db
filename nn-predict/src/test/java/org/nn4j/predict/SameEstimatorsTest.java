package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.activation.Activations;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Predictions and messages equal those of the estimators of nn-core, for every kind of raw row. */
class SameEstimatorsTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private static final List<String> MANY =
      IntStream.range(0, 12).mapToObj(i -> "c" + i + "x".repeat(i * 25)).toList();

  /** Each kind of feature with each rule. */
  private static final Features FEATURES =
      Features.of(
          List.of(
              new NumberFeature("age", new Bounds(18, 90), 44.7, 17.3, NONE, false),
              new NumberFeature("paid", new Bounds(0, 1), 0.25, 1e-3, OptionalDouble.of(7), false),
              new NumberFeature("rate", new Bounds(-9, 9), 0, -2, OptionalDouble.of(-1.5), true),
              new BooleanFeature("online", NONE, false),
              new BooleanFeature("member", OptionalDouble.of(0.5), false),
              new BooleanFeature("paper", OptionalDouble.of(0), true),
              new CategoryFeature(
                  "plan", List.of("basic", "PRO", "1", "a,b"), UnknownCategory.ERROR),
              new CategoryFeature("city", List.of("Rome", "2.50", "true"), UnknownCategory.ZEROS),
              new CategoryFeature("code", MANY, UnknownCategory.ERROR)));

  enum Plan {
    PRO {
      @Override
      public String toString() {
        return "another";
      }
    }
  }

  @TempDir private Path folder;

  @Test
  void aFloatIsTheCategoryOfItsDigits() throws IOException {
    Features sizes =
        Features.of(
            List.of(
                new CategoryFeature("size", List.of("0.1", "0.20"), UnknownCategory.ERROR),
                new CategoryFeature("kind", List.of("a"), UnknownCategory.ZEROS)));
    BothClassifiers pair =
        BothClassifiers.of(
            folder,
            Network.builder(3).dense(2, Activations.softmax()).seed(1).build(),
            ModelInfo.none().withFeatures(sizes).withClassLabels("no", "yes"));
    for (float size : new float[] {0.1f, 0.2f}) {
      pair.requireSame(new float[] {size, Float.NaN});
      pair.requireSame(c -> c.predict(size, Float.NaN), c -> c.predict(size, Float.NaN));
    }
    assertThat(pair.refusal(new float[] {0.3f, 1})).contains("found '0.3'");
  }

  @Test
  void longNumbersAreCategoriesByAllTheirDigits() throws IOException {
    Features ids =
        Features.of(
            List.of(
                new CategoryFeature(
                    "id",
                    List.of("1234567890123456788", "1234567890123456789.0", "7", "1e-999999999"),
                    UnknownCategory.ERROR)));
    BothClassifiers pair =
        BothClassifiers.of(
            folder,
            Network.builder(4).dense(2, Activations.softmax()).seed(1).build(),
            ModelInfo.none().withFeatures(ids).withClassLabels("no", "yes"));
    for (Number id :
        List.of(
            1234567890123456788L,
            new BigInteger("1234567890123456789"),
            new BigDecimal("7.00"),
            7.0,
            new BigDecimal("10e-1000000000"))) {
      pair.requireSame(List.of(id));
    }
    for (Number id :
        List.of(1234567890123456787L, 1.23456789012345677e18, new BigDecimal("1e999999999"), 0)) {
      assertThat(pair.refusal(List.of(id))).startsWith("feature 'id': expected one of ");
    }
  }

  private BothClassifiers withFeatures() throws IOException {
    return BothClassifiers.of(
        folder,
        Network.builder(FEATURES.inputs().size())
            .dense(20, Activations.tanh())
            .dense(3, Activations.softmax())
            .seed(4)
            .build(),
        ModelInfo.none().withFeatures(FEATURES).withClassLabels("low", "mid", "high"));
  }

  private static Map<String, Object> row(Object... changes) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("age", 33);
    row.put("paid", 0.251f);
    row.put("rate", "-2.5e-1");
    row.put("online", true);
    row.put("member", "no");
    row.put("paper", 1);
    row.put("plan", "basic");
    row.put("city", "Rome");
    row.put("code", MANY.get(3));
    for (int i = 0; i < changes.length; i += 2) {
      row.put((String) changes[i], changes[i + 1]);
    }
    return row;
  }

  static Stream<List<Object>> values() {
    return Stream.of(
        List.of(
            "age",
            33L,
            33.0,
            (short) 3,
            "33",
            " 33\t",
            "+33.",
            ".5",
            "1e2",
            "-1E+1",
            CharBuffer.wrap("7"),
            new java.math.BigDecimal("1.50"),
            Float.MAX_VALUE,
            -5e39,
            "0".repeat(300) + "1"),
        List.of(
            "paid",
            "",
            " ",
            "NA",
            "n/a",
            "NaN",
            "None",
            "-",
            "?",
            ".",
            Double.NaN,
            Float.NaN,
            0.1f),
        List.of("rate", "", "nil", Double.NaN, "#N/A", 0, -7),
        List.of("online", "Yes", " t ", "F", "n", 0, 1, 0.0, 1.0f, "1.0", "0.0", false, 'y'),
        List.of("member", "", "null", Double.NaN, "TRUE", 1),
        List.of("paper", "", " ?", "f", true),
        List.of("plan", Plan.PRO, "PRO", " basic ", "1", 1, 1.0, 1L, CharBuffer.wrap("a,b")),
        List.of(
            "city",
            "Paris",
            "",
            "  ",
            "rome",
            2.5,
            2.5f,
            "2.5",
            "2.50",
            true,
            "true",
            0,
            Double.NaN),
        List.of("code", MANY.get(0), MANY.get(11)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void ofEachKindOfValue(List<Object> nameAndValues) throws IOException {
    BothClassifiers pair = withFeatures();
    String name = (String) nameAndValues.get(0);
    for (Object value : nameAndValues.subList(1, nameAndValues.size())) {
      Map<String, Object> row = row(name, value);
      pair.requireSame(row);
      pair.requireSame(new ArrayList<>(row.values()));
    }
  }

  @Test
  void ofMissingValues() throws IOException {
    BothClassifiers pair = withFeatures();
    for (String name : List.of("paid", "rate", "member", "paper", "city")) {
      pair.requireSame(row(name, null));
      assertThat(pair.own().predict(row(name, null))).isEqualTo(pair.own().predict(row(name, "")));
    }
  }

  static Stream<List<Object>> refusedValues() {
    return Stream.of(
        Arrays.asList(
            "age",
            null,
            "",
            "  ",
            "NA",
            Double.NaN,
            "thirty",
            "1f",
            "0x1p3",
            "1e999",
            "1,5",
            "1 000",
            Double.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            true,
            List.of(1),
            'x',
            "9".repeat(500),
            Double.MAX_VALUE,
            "-1e308",
            6e39,
            "١"),
        Arrays.asList(
            "rate",
            "x",
            "--1",
            "1e",
            "e5",
            "1e+",
            "..",
            "1.2.3",
            "+",
            new int[0].length == 0 ? "1d" : ""),
        Arrays.asList(
            "online", null, "", "na", Double.NaN, 2, 0.5, "maybe", "ja", new ArrayList<>()),
        Arrays.asList("paper", "maybe", -1),
        Arrays.asList(
            "plan",
            null,
            "",
            "Basic",
            "gold",
            2,
            1.5,
            true,
            "x".repeat(1000),
            "y".repeat(199) + "\ud83d\ude00" + "z".repeat(300)),
        Arrays.asList("code", null, "c", 3));
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void refusalsOfEachKindOfValue(List<Object> nameAndValues) throws IOException {
    BothClassifiers pair = withFeatures();
    String name = (String) nameAndValues.get(0);
    for (Object value : nameAndValues.subList(1, nameAndValues.size())) {
      Map<String, Object> row = row(name, value);
      assertThat(pair.refusal(row)).startsWith("feature '" + name + "': expected ");
      pair.refusal(new ArrayList<>(row.values()));
    }
  }

  @Test
  void refusalsOfNamesAndLengths() throws IOException {
    BothClassifiers pair = withFeatures();
    Map<String, Object> lacks = row();
    lacks.remove("online");
    lacks.remove("code");
    assertThat(pair.refusal(lacks))
        .isEqualTo(
            "feature 'online': expected a value, found only [age, paid, rate, member,"
                + " paper, plan, city]; add it, with null if the value is missing");
    pair.refusal(Map.of());
    assertThat(pair.refusal(row("zip", 1, "agE", 2)))
        .startsWith("feature 'agE': expected one of the features age, paid, rate, ")
        .endsWith(", found 'agE'; remove it from the row");
    Map<String, Object> long30 = new TreeMap<>();
    IntStream.range(0, 30).forEach(i -> long30.put("n" + i + "-".repeat(i * 10), i));
    pair.refusal(long30);
    pair.refusal(List.of());
    pair.refusal(Collections.nCopies(10, 1));
    assertThat(pair.refusal(List.of("1")))
        .startsWith("Features: expected 9 values: age, paid, rate, ")
        .endsWith(", found 1 values; pass a value for each feature, in this order");
    pair.refusal(new double[8]);
    pair.refusal(new float[8]);
    pair.refusal("age");
    pair.refusal(new int[] {1});
    pair.refusal(Map.of(1, 2));
  }

  @Test
  void refusalsOfNull() throws IOException {
    BothClassifiers pair = withFeatures();
    BothClassifiers.sameRefusal(
        () -> pair.core().predict((List<?>) null), () -> pair.own().predict((List<?>) null));
    BothClassifiers.sameRefusal(
        () -> pair.core().predict((Record) null), () -> pair.own().predict((Record) null));
    BothClassifiers.sameRefusal(
        () -> pair.core().predict((float[]) null), () -> pair.own().predict((float[]) null));
    BothClassifiers.sameRefusal(
        () -> pair.core().predictAll(null), () -> pair.own().predictAll(null));
    List<Object> rows = Arrays.asList(row(), null, row(), null);
    BothClassifiers.sameRefusal(
        () -> pair.core().predictAll(rows), () -> pair.own().predictAll(rows));
    org.nn4j.estimator.Prediction expected = pair.core().predict(row());
    Prediction found = pair.own().predict(row());
    BothClassifiers.sameRefusal(() -> expected.probability(null), () -> found.probability(null));
    BothClassifiers.sameRefusal(() -> expected.probability("x"), () -> found.probability("x"));
    assertThat(pair.own()).hasToString(pair.core().toString());
    assertThat(pair.own().classes()).isEqualTo(pair.core().classes());
    assertThat(pair.own().features()).isEqualTo(FEATURES.names());
    assertThat(found.toString()).startsWith("Prediction[label=").hasSameSizeAs(found.toString());
    Map<String, Double> many = new LinkedHashMap<>();
    IntStream.range(0, 1000).forEach(i -> many.put("c" + i, (i * 7 % 1000) / 499_500.0));
    assertThat(new Prediction("c857", many))
        .hasToString(new org.nn4j.estimator.Prediction("c857", many).toString());
    assertThat(found)
        .isEqualTo(pair.own().predict(row()))
        .hasSameHashCodeAs(pair.own().predict(row()));
    assertThat(found).isNotEqualTo(pair.own().predict(row("age", 80)));
  }

  public record Customer(
      double age,
      Double paid,
      String rate,
      boolean online,
      Boolean member,
      int paper,
      Plan plan,
      String city,
      String code) {
    static final int UNUSED = 1;
  }

  public record Perhaps(
      OptionalLong age,
      OptionalDouble paid,
      Optional<String> rate,
      Optional<Boolean> online,
      Optional<?> member,
      OptionalInt paper,
      Optional<?> plan,
      Optional<String> city,
      String code) {}

  private static Perhaps perhaps(OptionalLong age) {
    return new Perhaps(
        age,
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.of(true),
        Optional.of("no"),
        OptionalInt.of(1),
        Optional.of("basic"),
        Optional.of("Rome"),
        MANY.get(3));
  }

  private record Small(int age) {}

  public record Fails(int age) {
    @Override
    public int age() {
      return Integer.parseInt("age " + age);
    }
  }

  @Test
  void ofRecords() throws IOException {
    BothClassifiers pair = withFeatures();
    Customer customer = new Customer(20, null, "1", true, null, 1, Plan.PRO, "Oslo", MANY.get(1));
    pair.requireSame(customer);
    pair.requireSame(core -> core.predict(customer), own -> own.predict(customer));
    for (Perhaps perhaps :
        List.of(
            new Perhaps(
                OptionalLong.of(20),
                OptionalDouble.empty(),
                Optional.of("1"),
                Optional.of(true),
                Optional.empty(),
                OptionalInt.of(1),
                Optional.of(Plan.PRO),
                Optional.empty(),
                MANY.get(1)),
            new Perhaps(
                OptionalLong.of(20),
                OptionalDouble.of(0.5),
                Optional.empty(),
                Optional.of(false),
                Optional.of("yes"),
                OptionalInt.empty(),
                Optional.of("1"),
                Optional.of("Rome"),
                MANY.get(1)))) {
      pair.requireSame(perhaps);
    }
    assertThat(pair.own().predict(perhaps(OptionalLong.of(20))))
        .isEqualTo(pair.own().predict(row("age", 20, "paid", null, "rate", null)));
    assertThat(pair.refusal(perhaps(OptionalLong.empty()))).startsWith("feature 'age': expected ");
    assertThat(pair.refusal(new Small(3)))
        .startsWith("feature 'paid': expected a value, found only [age]; ");
    assertThatThrownBy(() -> pair.own().predict(new Fails(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Features: expected a component 'age' that can be read, found"
                + " java.lang.NumberFormatException: For input string: \"age 3\"; correct the"
                + " record's accessor")
        .hasRootCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void ofSeveralRowsAtOnce() throws IOException {
    BothClassifiers pair = withFeatures();
    Random random = new Random(3);
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      rows.add(
          row(
              "age",
              18 + random.nextInt(60),
              "paid",
              random.nextInt(4) == 0 ? null : random.nextDouble(),
              "online",
              random.nextBoolean(),
              "code",
              MANY.get(random.nextInt(12))));
    }
    List<org.nn4j.estimator.Prediction> expected = pair.core().predictAll(rows);
    List<Prediction> found = pair.own().predictAll(rows);
    for (int i = 0; i < rows.size(); i++) {
      BothClassifiers.assertSame(expected.get(i), found.get(i));
    }
    assertThat(pair.own().predictAll(List.of())).isEmpty();
    rows.set(2000, row("plan", "none"));
    assertThat(
            BothClassifiers.sameRefusal(
                () -> pair.core().predictAll(rows), () -> pair.own().predictAll(rows)))
        .startsWith("row at index 2000, feature 'plan': expected ");
    rows.set(1, List.of(1));
    assertThat(
            BothClassifiers.sameRefusal(
                () -> pair.core().predictAll(rows), () -> pair.own().predictAll(rows)))
        .startsWith("row at index 1, Features: expected ");
  }

  /**
   * Fails when nn-core gains a kind of feature, a rule or a kind of meaning that is missing here.
   */
  @Test
  void ofEachFeatureOfTheLibrary() throws ClassNotFoundException {
    for (Class<?> kind : org.nn4j.data.feature.Feature.class.getPermittedSubclasses()) {
      Class<?> here = Class.forName("org.nn4j.predict." + kind.getSimpleName());
      assertThat(Feature.class).isAssignableFrom(here);
      assertThat(FEATURES.list()).hasAtLeastOneElementOfType(kind);
    }
    assertThat(UnknownCategory.values())
        .extracting(rule -> rule.name().toLowerCase(Locale.ROOT))
        .containsExactly("error", "zeros");
    assertThat(ModelInfo.class.getRecordComponents())
        .extracting(component -> component.getName())
        .containsExactly("inputScaling", "features", "classLabels", "targets", "notes");
    assertThat(org.nn4j.estimator.Estimator.class.getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder(
            Stream.of(Estimator.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toArray(String[]::new));
  }
}
