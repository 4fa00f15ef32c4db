package org.nn4j.persistence;

import java.util.function.Function;
import org.nn4j.Activation;
import org.nn4j.io.Settings;

/**
 * Kind of activation in a {@link ModelRegistry}.
 *
 * @param name its name in files
 * @param type its class
 * @param toSettings returns the settings of an activation for a file
 * @param toActivation builds the activation from its settings
 */
record ActivationType(
    String name,
    Class<? extends Activation> type,
    Function<Activation, Settings> toSettings,
    Function<Settings, Activation> toActivation) {

  static <A extends Activation> ActivationType of(
      String name,
      Class<A> type,
      Function<? super A, Settings> toSettings,
      Function<Settings, ? extends Activation> toActivation) {
    return new ActivationType(name, type, a -> toSettings.apply(type.cast(a)), toActivation::apply);
  }
}
