package org.nn4j.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.json.PackageVersion;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

/**
 * Configuration of the JSON parser for files: limited memory and unique names.
 *
 * <p>The limits on depth and on the length of numbers are checked here, because Jackson has such
 * limits only since 2.15 and 2.16, and an application may select an older version.
 */
final class Json {
  /** Maximum depth: far above that of nested networks, far below that of a stack overflow. */
  static final int MAX_DEPTH = 200;

  static final int MAX_NUMBER_LENGTH = 100;

  private static final int OLDEST_MAJOR = 2;
  private static final int OLDEST_MINOR = 13;

  private Json() {}

  /**
   * Holder, so that a wrong version does not cause an error in the initialization of the outer
   * class.
   */
  private static final class Factory {
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from files and must not stay in a table of the whole program.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
  }

  /**
   * Returns a factory of parsers and generators.
   *
   * @throws IllegalStateException if the version of Jackson is too old
   */
  static JsonFactory factory() {
    requireVersion(PackageVersion.VERSION);
    return Factory.FACTORY;
  }

  /** Returns a name that every version of Jackson can read. */
  static String requireName(String name, String who) {
    return requireLength("a name", name, Texts.MAX_NAME_LENGTH, who);
  }

  /** Returns the string of a name, which every version of Jackson can read. */
  static String requireString(String name, String text, String who) {
    return requireLength("a string for '" + name + "'", text, Texts.MAX_STRING_LENGTH, who);
  }

  private static String requireLength(String what, String text, int length, String who) {
    Require.that(
        text.length() <= length,
        who,
        Texts.brief(what) + " of at most " + length + " characters",
        text.length(),
        "shorten it");
    return text;
  }

  static void requireVersion(Version found) {
    // Not compareTo, which compares the names of the artifacts first.
    boolean isOlder =
        found.getMajorVersion() < OLDEST_MAJOR
            || (found.getMajorVersion() == OLDEST_MAJOR && found.getMinorVersion() < OLDEST_MINOR);
    if (isOlder) {
      throw new IllegalStateException(
          Require.message(
              "nn4j",
              "com.fasterxml.jackson.core:jackson-core 2.13 or newer",
              "version " + found,
              "set its version in dependencyManagement; mvn dependency:tree shows what chose it"));
    }
  }
}
