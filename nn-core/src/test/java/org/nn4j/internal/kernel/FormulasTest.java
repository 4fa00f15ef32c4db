package org.nn4j.internal.kernel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Near;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.internal.RowScaling;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.LayerNormalization;
import org.nn4j.layer.Layers;
import org.nn4j.loss.Losses;
import org.nn4j.loss.SumOrMean;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalties;

/**
 * Finds each declared {@link Formula} and holds its loops over floats and over doubles to its
 * operations of ND4J, over shapes, layouts, and values at the edges. A formula that is declared and
 * not listed here fails.
 */
class FormulasTest {
  private static final double TOLERANCE = 2e-6;

  /** What doubles resolve more than floats, and some bits less. */
  private static final double MORE_IN_DOUBLES = 1e-8;

  /** Shared among cores, and tried in rows alone. */
  private static final int LARGE = 1 << 14;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.nn4j");

  private static final long[][] MATRICES = {
    {1, 1}, {1, 7}, {5, 1}, {2, 13}, {37, 130}, {3, 2500}, {560, 60}
  };
  private static final long[][] ARRAYS = {{1}, {1000}, {2, 3, 4}};

  /**
   * What a formula is tried with.
   *
   * @param self the object that has its coefficients, by shape
   * @param arrays by shape: what it is given, as floats, also the arrays that it writes
   * @param tolerance relative to results above 1
   */
  private record Trial(
      Function<long[], Object> self, Function<long[], INDArray[]> arrays, double tolerance) {}

  private static final Map<String, List<Trial>> TRIALS = new TreeMap<>();

  private static void trial(
      String formula, Object self, double tolerance, Function<long[], INDArray[]> arrays) {
    TRIALS
        .computeIfAbsent(formula, name -> new ArrayList<>())
        .add(new Trial(shape -> self, arrays, tolerance));
  }

  private static INDArray random(long seed, long... shape) {
    return Near.random(seed, FLOAT, shape);
  }

  private static INDArray empty(long... shape) {
    return Nd4j.create(FLOAT, shape, 'c');
  }

  private static INDArray withEdges(INDArray x, double... edges) {
    for (int i = 0; i < Math.min(edges.length, x.length()); i++) {
      x.putScalar(i, edges[i]);
    }
    return x;
  }

  private static INDArray edges(long seed, long... shape) {
    return withEdges(random(seed, shape).muli(4), 0, -0.0, 1e-6, -1e-6, 20, -20, 60, -60);
  }

  private static void activation(Activation activation) {
    String name = activation.getClass().getSimpleName();
    Function<long[], INDArray> z =
        shape -> withEdges(edges(1, shape), 0, -0.0, 1e-6, -1e-6, 20, -20, 60, -60, 1e30, -1e30);
    trial(name + ".FORWARD", activation, TOLERANCE, s -> new INDArray[] {z.apply(s), empty(s)});
    trial(
        name + ".BACKWARD",
        activation,
        2 * TOLERANCE,
        s -> {
          INDArray kept = z.apply(s);
          if (!activation.needsPreActivation()) {
            activation.forward(kept, kept);
          }
          return new INDArray[] {random(2, s), kept, empty(s)};
        });
  }

  private static void loss(Loss loss) {
    trial(
        loss.getClass().getSimpleName() + ".FORMULA",
        loss,
        10 * TOLERANCE,
        s -> {
          INDArray targets = random(3, s);
          return new INDArray[] {edges(1, s), targets.muli(targets), empty(s[0]), empty(s)};
        });
  }

  /** Coefficients of the rows or columns of a normalization. */
  private static void normalization(
      String formula, Function<long[], Object> self, Function<long[], INDArray[]> arrays) {
    TRIALS.put(formula, List.of(new Trial(self, arrays, 1e-4)));
  }

  private static double[] coefficients(long seed, long n) {
    return doubles(random(seed, n));
  }

  private static double[] roots(long n) {
    return Arrays.stream(coefficients(9, n)).map(x -> 1 + x * x).toArray();
  }

  private static Object columns(long[] shape) {
    long n = shape[1];
    return nested(
        BatchNormalization.class,
        "BatchNormalization$Columns",
        coefficients(7, n),
        coefficients(8, n),
        roots(n));
  }

  private static Object features(long[] shape) {
    long n = shape[1];
    return nested(BatchNormalization.class, "Normalization$ByFeature", random(7, n), random(8, n));
  }

  private static INDArray[] givenTwice(long[] shape) {
    INDArray x = random(1, shape);
    return new INDArray[] {x, x, empty(shape)};
  }

  /** An instance of a private class. */
  private static Object nested(Class<?> outer, String name, Object... components) {
    try {
      Class<?> type = Class.forName(outer.getPackageName() + "." + name);
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == components.length) {
          constructor.setAccessible(true);
          return constructor.newInstance(components);
        }
      }
      throw new AssertionError("no constructor of " + name);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static List<Double> list(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static Object scaler(long[] shape) {
    double[] mean = doubles(random(7, shape[shape.length - 1]));
    double[] deviation = Arrays.stream(mean).map(x -> 1 + x * x).toArray();
    return new RowScaling(list(mean), list(deviation));
  }

  static {
    Stream.of(
            Activations.sigmoid(),
            Activations.tanh(),
            Activations.relu(),
            Activations.leakyRelu(),
            Activations.leakyRelu(0),
            Activations.leakyRelu(1.5),
            Activations.elu(),
            Activations.elu(0.3),
            Activations.gelu(),
            Activations.silu(),
            Activations.softplus())
        .forEach(FormulasTest::activation);
    Activation softmax = Activations.softmax();
    trial(
        "Softmax.FORWARD",
        softmax,
        TOLERANCE,
        s -> {
          INDArray z = edges(1, s);
          return new INDArray[] {z, z, empty(s)};
        });
    trial(
        "Softmax.BACKWARD",
        softmax,
        2 * TOLERANCE,
        s -> {
          INDArray a = random(1, s);
          softmax.forward(a, a);
          return new INDArray[] {random(2, s), a, empty(s)};
        });
    Stream.of(
            Losses.squaredError(),
            Losses.meanSquaredError(),
            Losses.meanAbsoluteError(),
            Losses.absoluteError(),
            Losses.huber(),
            Losses.huber(0.2, SumOrMean.SUM),
            Losses.softmaxCrossEntropy(),
            Losses.sigmoidBinaryCrossEntropy(),
            Losses.sigmoidBinaryCrossEntropy(SumOrMean.SUM))
        .forEach(FormulasTest::loss);
    Function<long[], INDArray[]> pair = s -> new INDArray[] {random(1, s), random(2, s), empty(s)};
    normalization("BatchNormalization.NORMALIZE", FormulasTest::columns, FormulasTest::givenTwice);
    normalization("BatchNormalization.BACKWARD", FormulasTest::columns, pair);
    normalization(
        "Normalization.SCALE_AND_SHIFT", FormulasTest::features, FormulasTest::givenTwice);
    normalization("Normalization.SCALE", FormulasTest::features, FormulasTest::givenTwice);
    normalization(
        "LayerNormalization.NORMALIZE",
        s -> Layers.layerNormalization().build(Shape.of(3), FLOAT, new SeededRandom(1)),
        s -> {
          INDArray x = random(1, s).addi(3);
          return new INDArray[] {x, x, empty(s[0], 1), empty(s)};
        });
    normalization(
        "LayerNormalization.BACKWARD",
        s -> nested(LayerNormalization.class, "LayerNormalization$Centering", (Object) roots(s[0])),
        pair);
    TRIALS.put(
        "RowScaling.SCALE",
        List.of(new Trial(FormulasTest::scaler, FormulasTest::givenTwice, 10 * TOLERANCE)));
    trial(
        "Dropout.SCALE",
        Layers.dropout(0.3).build(Shape.of(3), FLOAT, new SeededRandom(1)),
        TOLERANCE,
        s -> new INDArray[] {random(1, s), empty(s)});
    trial(
        "L1.GRADIENT",
        Penalties.l1(0.3),
        TOLERANCE,
        s -> new INDArray[] {random(1, s), edges(2, s), empty(s)});
    TRIALS.put(
        "TargetFormula.FORMULA",
        List.of(
            new Trial(
                s -> nested(Losses.class, "ClassTargets$TargetFormula", 0.9, 0.01, roots(s[1])),
                FormulasTest::givenTwice,
                TOLERANCE)));
    trial(
        "ByValue.FORMULA",
        GradientClipping.byValue(0.4),
        TOLERANCE,
        s -> new INDArray[] {edges(1, s), empty(s)});
  }

  private static String name(Field field) {
    return field.getDeclaringClass().getSimpleName() + "." + field.getName();
  }

  static Stream<Field> declared() {
    return CLASSES.stream()
        .flatMap(c -> c.getFields().stream())
        .filter(f -> f.getRawType().isAssignableTo(Formula.class))
        .map(JavaField::reflect)
        .sorted(Comparator.comparing(FormulasTest::name)); // the same number in each process
  }

  @Test
  void eachDeclaredFormulaIsTried() {
    assertThat(declared().map(FormulasTest::name))
        .containsExactlyInAnyOrderElementsOf(TRIALS.keySet());
  }

  @Test
  void formulasAreMadeAsConstantsAlone() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "makes a formula that is no constant",
                call ->
                    call.getTargetOwner().isEquivalentTo(Formula.class)
                        && call.getName().startsWith("of")
                        && !call.getOrigin().getName().equals("<clinit>")))
        .check(CLASSES);
  }

  @SuppressWarnings("unchecked")
  private static Formula<Object> formula(Field field) throws IllegalAccessException {
    field.setAccessible(true);
    return (Formula<Object>) requireNonNull(field.get(null));
  }

  private static void apply(Formula<Object> formula, Object self, INDArray[] a) {
    if (formula instanceof Formula.Elementwise<Object> one) {
      one.apply(self, a[0], a[1]);
    } else if (formula instanceof Formula.Pairwise<Object> two) {
      two.apply(self, a[0], a[1], a[2]);
    } else if (formula instanceof Formula.Rowwise<Object> rows) {
      rows.apply(self, a[0], a[1], a[2]);
    } else if (formula instanceof Formula.Samplewise<Object> samples) {
      samples.apply(self, a[0], a[1], a[2], a[3]);
    }
  }

  private static void operations(Formula<Object> formula, Object self, INDArray[] a) {
    if (formula instanceof Formula.Elementwise<Object> one) {
      one.operations().apply(self, a[0], a[1]);
    } else if (formula instanceof Formula.Pairwise<Object> two) {
      two.operations().apply(self, a[0], a[1], a[2]);
    } else if (formula instanceof Formula.Rowwise<Object> rows) {
      rows.operations().apply(self, a[0], a[1], a[2]);
    } else if (formula instanceof Formula.Samplewise<Object> samples) {
      samples.operations().apply(self, a[0], a[1], a[2], a[3]);
    }
  }

  private static Stream<long[]> shapes(Field field, Formula<?> formula) {
    boolean ofMatrices =
        formula instanceof Formula.Samplewise<?>
            || name(field).matches("(.*Normalization|RowScaling|TargetFormula)\\..*");
    return ofMatrices ? Stream.of(MATRICES) : Stream.of(MATRICES, ARRAYS).flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("declared")
  void allFormsAgree(Field field) throws IllegalAccessException {
    Formula<Object> formula = formula(field);
    for (Trial trial : requireNonNull(TRIALS.get(name(field)))) {
      for (long[] shape : shapes(field, formula).toList()) {
        INDArray[] given = trial.arrays.apply(shape);
        Object self = trial.self.apply(shape);
        INDArray[] exact = copies(given, x -> x.castTo(DOUBLE));
        operations(formula, self, exact);

        INDArray[] fast = copies(given, x -> x.dup('c'));
        assertThat(Arrays.stream(fast).allMatch(Kernel::isFast)).isTrue();
        apply(formula, self, fast);
        agree(fast, exact, trial.tolerance);
        INDArray[] looped = copies(given, x -> x.castTo(DOUBLE));
        assertThat(Arrays.stream(looped).allMatch(Kernel::isFast)).isTrue();
        apply(formula, self, looped);
        agree(looped, exact, trial.tolerance * MORE_IN_DOUBLES);
        boolean isLarge = exact[0].length() > LARGE;
        for (ArrayLayout layout : isLarge ? new ArrayLayout[0] : ArrayLayout.values()) {
          INDArray[] laid = copies(given, layout::lay);
          INDArray results = given[given.length - 1].dup('c');
          laid[laid.length - 1] = results;
          apply(formula, self, laid);
          agree(laid, exact, trial.tolerance);
        }
        INDArray[] inPlace = copies(given, x -> x.dup('c'));
        inPlace[inPlace.length - 1] = inPlace[0];
        apply(formula, self, inPlace);
        assertThat(doubles(inPlace[0])).isEqualTo(doubles(fast[fast.length - 1]));
        INDArray[] doublesInPlace = copies(given, x -> x.castTo(DOUBLE));
        doublesInPlace[doublesInPlace.length - 1] = doublesInPlace[0];
        apply(formula, self, doublesInPlace);
        assertThat(doubles(doublesInPlace[0])).isEqualTo(doubles(looped[looped.length - 1]));
      }
    }
  }

  /** The same array is given twice where it was. */
  private static INDArray[] copies(INDArray[] arrays, Function<INDArray, INDArray> copy) {
    INDArray[] copies = new INDArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      copies[i] = i > 0 && arrays[i] == arrays[i - 1] ? copies[i - 1] : copy.apply(arrays[i]);
    }
    return copies;
  }

  private static void agree(INDArray[] found, INDArray[] expected, double tolerance) {
    for (int i = 0; i < found.length; i++) {
      if (!near(doubles(found[i]), doubles(expected[i]), tolerance)) {
        assertNear(found[i], expected[i], tolerance); // names the element
      }
    }
  }

  private static boolean near(double[] found, double[] expected, double tolerance) {
    boolean near = found.length == expected.length;
    for (int i = 0; near && i < found.length; i++) {
      near = Math.abs(found[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i]));
    }
    return near;
  }
}
