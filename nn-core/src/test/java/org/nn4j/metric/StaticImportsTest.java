package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.*;
import static org.nn4j.loss.Losses.*;
import static org.nn4j.metric.Metrics.*;
import static org.nn4j.optim.Optimizers.*;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nn4j.activation.Activations;
import org.nn4j.loss.Losses;
import org.nn4j.optim.Optimizers;
import org.nn4j.optim.Penalties;
import org.nn4j.optim.schedule.Schedules;

/** The factories of a training program can be imported statically in one file. */
class StaticImportsTest {
  @Test
  void factoriesCompileSideBySide() {
    assertThat(meanSquaredError()).isNotEqualTo(squaredError());
    assertThat(mse().name()).isEqualTo("mean squared error");
    assertThat(meanAbsoluteError()).isNotEqualTo(absoluteError());
    assertThat(mae().name()).isEqualTo("mean absolute error");
    assertThat(Stream.of(crossEntropy(), accuracy(), sigmoid(), sgd(0.1))).doesNotContainNull();
  }

  @Test
  void noNameIsInTwoFactories() {
    Map<String, Class<?>> owners = new TreeMap<>();
    for (Class<?> factory :
        new Class<?>[] {
          Activations.class,
          Losses.class,
          Metrics.class,
          Optimizers.class,
          Penalties.class,
          Schedules.class
        }) {
      for (Method method : factory.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())) {
          Class<?> other = owners.putIfAbsent(method.getName(), factory);
          assertThat(other == null || other == factory)
              .as("%s in %s and %s", method.getName(), factory, other)
              .isTrue();
        }
      }
    }
  }
}
