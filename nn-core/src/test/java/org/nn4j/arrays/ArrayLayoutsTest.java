package org.nn4j.arrays;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.arrays.ArrayEntries.Entry;

/** The result of every method with an array does not depend on the layout of the array. */
class ArrayLayoutsTest {
  static final long[][] SHAPES = {{6}, {4, 3}, {1, 3}, {4, 1}, {3, 2, 2}};

  static Stream<Arguments> kinds() {
    return Stream.concat(
        Arrays.stream(SHAPES).map(shape -> Arguments.of(DataType.FLOAT, shape)),
        Arrays.stream(SHAPES).limit(2).map(shape -> Arguments.of(DataType.DOUBLE, shape)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theLayoutOfAnArrayDoesNotMatter(DataType type, long[] shape) {
    List<Laid> layouts = Laid.all(type, shape);
    assertThat(layouts.size()).isGreaterThan(5);
    List<String> wrong = new ArrayList<>();
    for (Entry entry : ArrayEntries.of(type, shape)) {
      for (Laid laid : layouts) {
        if (laid.writable() || !entry.writes()) {
          String expected = result(entry, laid.plain().dup('c'));
          String found = result(entry, laid.array());
          if (!agree(expected, found, type)) {
            wrong.add(entry.method() + " of " + laid.name() + "\n" + expected + "\n" + found);
          }
          if (entry.writes()) {
            laid.array().assign(laid.plain());
          }
        }
      }
    }
    assertThat(wrong).as(wrong.size() + " wrong").isEmpty();
    for (Laid laid : layouts) {
      assertThat(result(x -> x, laid.array()))
          .as("unchanged")
          .isEqualTo(result(x -> x, laid.plain()));
    }
  }

  private static String result(Entry entry, INDArray x) {
    return result(entry.use(), x);
  }

  /** The numbers of a result, or what was thrown. */
  private static String result(ArrayEntries.Use use, INDArray x) {
    try {
      return Arrays.toString(ArrayEntries.numbers(use.of(x)));
    } catch (IllegalArgumentException refused) {
      return refused.getMessage();
    }
  }

  private static boolean agree(String expected, String found, DataType type) {
    if (expected.equals(found)) {
      return true;
    }
    if (!expected.startsWith("[") || !found.startsWith("[")) {
      return false;
    }
    double[] e = parse(expected);
    double[] f = parse(found);
    double tolerance = type == DataType.FLOAT ? 2e-5 : 1e-12;
    boolean agree = e.length == f.length;
    for (int i = 0; agree && i < e.length; i++) {
      agree =
          Double.compare(e[i], f[i]) == 0
              || Math.abs(e[i] - f[i]) <= tolerance * Math.max(1, Math.abs(e[i]));
    }
    return agree;
  }

  private static double[] parse(String numbers) {
    String inner = numbers.substring(1, numbers.length() - 1);
    return inner.isEmpty()
        ? new double[0]
        : Arrays.stream(inner.split(", ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void everyPublicEntryIsInTheList() {
    Set<String> listed =
        Arrays.stream(SHAPES)
            .flatMap(shape -> ArrayEntries.of(DataType.DOUBLE, shape).stream())
            .map(Entry::method)
            .collect(Collectors.toCollection(TreeSet::new));
    listed.addAll(ArrayEntries.EXEMPT.keySet());
    Set<String> there = entries();
    assertThat(there).hasSizeGreaterThan(60);
    there.removeAll(listed);
    assertThat(there).as("add these to ArrayEntries").isEmpty();
  }

  /** The public methods and constructors that take arrays, internal ones left out. */
  private static Set<String> entries() {
    Set<String> entries = new TreeSet<>();
    for (JavaClass imported :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.nn4j")) {
      Class<?> type = imported.reflect();
      if (isPublic(type) && !imported.getPackageName().startsWith("org.nn4j.internal")) {
        Stream.<Executable>concat(
                Arrays.stream(type.getDeclaredMethods()),
                Arrays.stream(type.getDeclaredConstructors()))
            .filter(entry -> Modifier.isPublic(entry.getModifiers()) && !entry.isSynthetic())
            .filter(entry -> Arrays.toString(entry.getGenericParameterTypes()).contains("INDArray"))
            .forEach(entry -> entries.add(name(type, entry)));
      }
    }
    return entries;
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static String name(Class<?> type, Executable entry) {
    String method = entry instanceof Constructor<?> ? "new" : entry.getName();
    return Arrays.stream(entry.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", type.getSimpleName() + "." + method + "(", ")"));
  }
}
