package org.nn4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Holds docs/maths.md and the tests that execute its equations to each other. */
class MathsTest {
  private static final List<Method> TESTS =
      ReflectionSupport.findAllClassesInPackage("org.nn4j", c -> true, n -> n.endsWith("Test"))
          .stream()
          .flatMap(
              c ->
                  AnnotationSupport.findAnnotatedMethods(
                      c, Maths.class, HierarchyTraversalMode.TOP_DOWN)
                      .stream())
          .toList();

  /**
   * In blocks of code: a number, an equation, which may go on in a line that is indented as far,
   * and, after a wider gap, its name or shapes.
   */
  private static List<String> written() {
    String equation = "(?m)^(\\(M\\d+\\)| {6}) +(\\S.*?)(?: {3,}.*)?$";
    List<String> equations = new ArrayList<>();
    for (MatchResult block : Document.find("(?s)```.*?```", Document.read("docs/maths.md"))) {
      for (MatchResult line : Document.find(equation, block.group())) {
        boolean isNew = !line.group(1).isBlank();
        String before = isNew ? line.group(1) : equations.remove(equations.size() - 1);
        equations.add(oneLine(before + " " + line.group(2)));
      }
    }
    return equations;
  }

  private static String oneLine(String equation) {
    return equation.replaceAll("\\s+", " ");
  }

  @Test
  void theDocumentSaysWhatTheTestsExecuteAndNothingElse() {
    Set<String> tested =
        TESTS.stream()
            .flatMap(test -> Stream.of(test.getAnnotation(Maths.class).value()))
            .map(MathsTest::oneLine)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tested).containsExactlyInAnyOrderElementsOf(written());
  }

  @Test
  void whatCarriesAnEquationIsRun() {
    assertThat(TESTS).isNotEmpty().allMatch(t -> AnnotationSupport.isAnnotated(t, Testable.class));
  }

  @Test
  void equationsAreNumberedFromOneWithoutAGap() {
    List<String> numbers = written().stream().map(line -> line.replaceAll(" .*", "")).toList();
    assertThat(numbers)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, numbers.size()).mapToObj(n -> "(M" + n + ")").toList());
  }

  @Test
  void noNumberIsReferredToThatDoesNotExist() {
    Document.find("M(\\d+)\\)", Document.read("docs/maths.md"))
        .forEach(r -> assertThat(Integer.parseInt(r.group(1))).isBetween(1, written().size()));
  }
}
