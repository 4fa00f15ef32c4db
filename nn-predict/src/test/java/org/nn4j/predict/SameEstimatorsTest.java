package org.nn4j.predict;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

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

  @Test
  void refusalsOfFiles() throws IOException {
    Path missing = folder.resolve("missing.safetensors");
    assertThat(refusal(missing, NoSuchFileException.class))
        .isEqualTo(missing + ": expected a regular file, found none; correct the path");
    assertThat(refusal(Path.of("missing.safetensors"), NoSuchFileException.class))
        .startsWith("missing.safetensors: expected a regular file, found none at /")
        .endsWith("/missing.safetensors; correct the path");
    assertThat(refusal(folder, FileSystemException.class))
        .isEqualTo(folder + ": expected a regular file, found a folder; correct the path");
    Path csv = Files.writeString(folder.resolve("a.csv"), "age,income\n33,2.5\n");
    assertThat(refusal(csv, IOException.class))
        .isEqualTo(
            "model file "
                + csv
                + ", byte 0: expected a safetensors file, which begins with the length of its"
                + " header, here at most 10 bytes, found a length of 8026380358899820385 bytes;"
                + " pass a safetensors file, or copy this one again if it is cut off");
    Path negative =
        Files.write(folder.resolve("negative"), "\u00ff".repeat(9).getBytes(ISO_8859_1));
    assertThat(refusal(negative, IOException.class))
        .contains("found a length of 18446744073709551615 bytes; ");
    Path few = Files.writeString(folder.resolve("few.csv"), "a,b");
    assertThat(refusal(few, IOException.class))
        .contains(", byte 0: expected a safetensors file, of 8 bytes or more, found 3 bytes; ");
    Path regressor = folder.resolve("regressor.safetensors");
    Network network = Network.builder(1).dense(1).seed(1).build();
    network.setInfo(ModelInfo.none().withTargets(List.of(TargetColumn.unscaled("price"))));
    ModelFiles.save(network, regressor);
    assertThat(refusal(regressor, IOException.class)).endsWith("; use Regressor.load");
  }

  /** Returns the message of both classifiers for a file, without the link of nn-core. */
  private static String refusal(Path file, Class<? extends IOException> type) {
    Throwable core = catchThrowable(() -> org.nn4j.estimator.Classifier.load(file));
    Throwable own = catchThrowable(() -> Classifier.load(file));
    assertThat(core).isInstanceOf(type);
    assertThat(own)
        .isInstanceOf(type)
        .hasMessage(core.getMessage().replaceFirst("; see docs/.*", ""));
    assertThat(own.getClass().getSimpleName()).isEqualTo(core.getClass().getSimpleName());
    return own.getMessage();
  }

  static final Features NUMBERS =
      Features.of(
          List.of(
              new NumberFeature("a", new Bounds(0, 1), 0.5, 2, OptionalDouble.of(1), true),
              new BooleanFeature("b", OptionalDouble.of(0.5), false),
              new CategoryFeature("c", List.of("1", "2.50"), UnknownCategory.ZEROS)));

  @Test
  void ofNumbersForFeatures() throws IOException {
    BothClassifiers pair =
        BothClassifiers.of(
            folder,
            Network.builder(5).dense(2, Activations.softmax()).seed(1).build(),
            ModelInfo.none().withFeatures(NUMBERS).withClassLabels("x", "y"));
    for (double[] row :
        new double[][] {{0.3, 1, 2.5}, {Double.NaN, Double.NaN, Double.NaN}, {-4, 0, 1}}) {
      pair.requireSame(row);
      pair.requireSame(core -> core.predict(row), own -> own.predict(row));
      float[] floats = floats(row);
      pair.requireSame(floats);
      pair.requireSame(core -> core.predict(floats), own -> own.predict(floats));
    }
    pair.refusal(new double[] {0.3, 7, 1});
    pair.refusal(new double[] {Double.POSITIVE_INFINITY, 1, 1});
    pair.refusal(new float[] {1, 1});
  }

  static Stream<Object> hugeRows() {
    return Stream.of(
        List.of(1e308, true, 1),
        Map.of("a", "-1e300", "b", true, "c", 1),
        new double[] {7e38, 1, 1},
        Arrays.asList(new java.math.BigDecimal("1e39"), true, null));
  }

  /** Deviation 2: numbers up to twice the maximum of float are in its range when encoded. */
  @ParameterizedTest
  @MethodSource("hugeRows")
  void ofNumbersBeyondTheRangeOfFloat(Object huge) throws IOException {
    BothClassifiers pair =
        BothClassifiers.of(
            folder,
            Network.builder(5).dense(2, Activations.sigmoid()).seed(1).build(),
            ModelInfo.none().withFeatures(NUMBERS).withClassLabels("x", "y"));
    List<Object> good = List.of(6e38, true, 1);
    pair.requireSame(good);
    String refusal =
        "feature 'a': expected a number that is in the range of float when it is encoded, found '";
    assertThat(pair.refusal(huge))
        .startsWith(refusal)
        .endsWith("'; correct the number or its unit");
    assertThat(
            BothClassifiers.sameRefusal(
                () -> pair.core().predictAll(List.of(good, good, huge)),
                () -> pair.own().predictAll(List.of(good, good, huge))))
        .startsWith("row at index 2, " + refusal);
  }

  @Test
  void ofPlainNumbersBeyondTheRangeOfFloat() throws IOException {
    for (double deviation : new double[] {1, 1e-3}) {
      BothClassifiers pair =
          BothClassifiers.of(
              folder,
              Network.builder(3).dense(2, Activations.sigmoid()).seed(1).build(),
              ModelInfo.none()
                  .withInputScaling(InputScaling.divideBy(deviation))
                  .withClassLabels("x", "y"));
      double[] good = {-3e38 * deviation, 0, 3e38 * deviation};
      double[] huge = {0, 1, -4e38 * deviation};
      pair.requireSame(good);
      assertThat(pair.refusal(huge))
          .endsWith(
              ": expected numbers that are in the range of float when they are scaled, found "
                  + huge[2]
                  + " at index 2; correct the number or its unit");
      assertThat(
              BothClassifiers.sameRefusal(
                  () -> pair.core().predictAll(List.of(good, huge)),
                  () -> pair.own().predictAll(List.of(good, huge))))
          .startsWith("row at index 1, ");
    }
  }

  @Test
  void ofOutputsThatAreNotFinite() throws IOException {
    Network network = Network.builder(2).dense(2).seed(1).build();
    network.parameters().get(0).value().assign(3);
    BothClassifiers pair =
        BothClassifiers.of(folder, network, ModelInfo.none().withClassLabels("x", "y"));
    double[] good = {1, 2};
    double[] bad = {3e38, 3e38};
    String found = ": expected finite outputs of the network, found NaN or infinite ones";
    String remedy = "; check the row for huge numbers, or train again with a smaller learning rate";
    assertThat(pair.refusal(bad)).endsWith(found + remedy);
    assertThat(
            BothClassifiers.sameRefusal(
                () -> pair.core().predictAll(List.of(good, bad, good, bad)),
                () -> pair.own().predictAll(List.of(good, bad, good, bad))))
        .endsWith(found + " for the row at index 1" + remedy);
  }

  private static float[] floats(double... numbers) {
    float[] floats = new float[numbers.length];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) numbers[i]);
    return floats;
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
