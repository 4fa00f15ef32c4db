package org.nn4j.onnx;

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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.estimator.Classifier;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Each public call with null in the place of each argument. */
class NullArgumentsTest {
  private static final NodeWriter<Object> WRITER = (piece, x, graph) -> x;

  static Stream<Method> methods() {
    return Stream.of(Onnx.class, OnnxOptions.class, OnnxGraph.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(p -> !p.isPrimitive()));
  }

  private static Object sample(Class<?> type) {
    Network network = Network.builder(1).dense(1).build();
    network.setInfo(ModelInfo.none().withClassLabels("no", "yes"));
    List<Object> samples =
        List.of(
            network,
            Classifier.of(network),
            Path.of("none.onnx"),
            OnnxOptions.defaults(),
            new OnnxGraph(17, DataType.FLOAT),
            DataType.FLOAT,
            "a",
            new String[] {"a"},
            Map.of(),
            Nd4j.ones(1),
            String.class,
            WRITER);
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
