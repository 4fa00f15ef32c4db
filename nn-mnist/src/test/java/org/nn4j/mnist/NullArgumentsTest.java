package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.mnist.digits.SyntheticDigits;

/** Each public call with null in the place of its first argument. */
class NullArgumentsTest {
  private static @Nullable Throwable refusal(Method method) {
    Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = method.getParameterTypes()[i] == int.class ? 1 : null;
    }
    Object on = Modifier.isStatic(method.getModifiers()) ? null : instance(method);
    Throwable thrown = catchThrowable(() -> method.invoke(on, arguments));
    return thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
  }

  private static Object instance(Method method) {
    Class<?> type = method.getDeclaringClass();
    return type == ImageSet.class
        ? ImageSet.MNIST
        : type == Idx.class
            ? Idx.ofBytes(ElementType.UBYTE, new byte[1], 1)
            : SyntheticDigits.generate(1, 1);
  }

  @Test
  void areRefusedByName() {
    int checked = 0;
    for (Class<?> type :
        List.of(
            Idx.class,
            IdxReader.class,
            IdxWriter.class,
            IdxDataset.class,
            ImageSet.class,
            DigitImage.class,
            SyntheticDigits.class)) {
      for (Method method : type.getDeclaredMethods()) {
        boolean open = Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
        boolean takesObject =
            method.getParameterCount() > 0 && !method.getParameterTypes()[0].isPrimitive();
        boolean ofLanguage =
            method.getName().equals("equals") || method.getName().equals("valueOf");
        boolean ofWriter = type == IdxWriter.class && method.getName().equals("write");
        if (open && takesObject && !ofLanguage && !ofWriter) {
          assertThat(refusal(method))
              .as(method.toString())
              .isInstanceOf(NullPointerException.class)
              .hasMessageMatching(".+: expected argument '.+', found null; pass a value for '.+'");
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(10);
  }
}
