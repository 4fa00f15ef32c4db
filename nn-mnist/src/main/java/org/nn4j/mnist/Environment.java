package org.nn4j.mnist;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Environment variables and system properties that name folders and switch off the network. */
final class Environment {
  private final UnaryOperator<@Nullable String> variables;
  private final UnaryOperator<@Nullable String> properties;

  Environment(
      UnaryOperator<@Nullable String> variables, UnaryOperator<@Nullable String> properties) {
    this.variables = variables;
    this.properties = properties;
  }

  static Environment ofProcess() {
    return new Environment(System::getenv, System::getProperty);
  }

  /** Returns the folder that an environment variable names, if it is not blank. */
  Optional<Path> folder(String variable) {
    return Optional.ofNullable(variables.apply(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /** Returns whether {@code -Dnn4j.offline} or {@code NN4J_OFFLINE=1} switches off the network. */
  boolean isOffline() {
    String variable = variables.apply("NN4J_OFFLINE");
    return isOn(properties.apply("nn4j.offline"))
        || (isOn(variable) && !String.valueOf(variable).isBlank());
  }

  /**
   * Returns whether a switch is on; a property without a value, as in {@code -Dnn4j.offline}, is
   * on.
   */
  private static boolean isOn(@Nullable String value) {
    return value != null && !value.strip().equalsIgnoreCase("false") && !value.strip().equals("0");
  }

  /**
   * Returns the folder of downloaded sets: {@code NN4J_DATA}, by default the cache folder of the
   * platform (XDG base directory specification, Apple's file system guide, Windows' known folders).
   */
  Path cache() {
    return folder("NN4J_DATA").orElseGet(() -> platformCache().resolve("nn4j"));
  }

  private Path platformCache() {
    Path home = Path.of(property("user.home"));
    String system = property("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches");
    }
    if (system.startsWith("windows")) {
      return folder("LOCALAPPDATA").orElseGet(() -> home.resolve("AppData").resolve("Local"));
    }
    // The specification requires relative values to be ignored.
    return folder("XDG_CACHE_HOME")
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(".cache"));
  }

  private String property(String name) {
    String value = properties.apply(name);
    return value == null ? "" : value;
  }
}
