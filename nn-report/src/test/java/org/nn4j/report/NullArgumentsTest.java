package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.report.tensorboard.TensorBoardListener;
import org.nn4j.train.History;

/** Each public call with null in the place of each argument, but for the callbacks of listeners. */
class NullArgumentsTest {
  static Stream<Method> methods() {
    return Stream.of(
            Report.class,
            ReportOptions.class,
            Chart.class,
            ReportListener.class,
            TensorBoardListener.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !method.getName().startsWith("on") && !method.getName().equals("equals"))
        .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(p -> !p.isPrimitive()));
  }

  private static Object sample(Class<?> type) {
    Network network = Network.builder(1).dense(1).build();
    ReportOptions options = ReportOptions.titled("a");
    History history = Runs.history(1);
    List<Object> samples =
        List.of(
            network,
            history,
            options,
            Report.of(network, history, options),
            new Chart("a", "x", "y", "", List.of(), List.of()),
            Dataset.of(new double[][] {{1}}, new double[][] {{1}}),
            Map.of("a", history, "b", history),
            List.of(),
            Path.of("none"),
            "a");
    return samples.stream().filter(type::isInstance).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void nullIsRefusedByName(Method method) {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      Object[] arguments = Arrays.stream(types).map(NullArgumentsTest::sample).toArray();
      arguments[i] = null;
      Object target =
          Modifier.isStatic(method.getModifiers()) ? null : sample(method.getDeclaringClass());
      assertThatThrownBy(() -> method.invoke(target, arguments))
          .as(method.toGenericString())
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(NullPointerException.class)
          .hasMessageMatching(".+: expected argument '.+', found null; pass a value for '.+'");
    }
    assertThat(types).isNotEmpty();
  }
}
