package org.nn4j.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.json.PackageVersion;
import org.nn4j.Require;

/**
 * How JSON of a file is read: nothing that a small file can make large, no name twice.
 *
 * <p>The limits on depth and on the length of numbers are checked here and not by Jackson, which
 * has had limits of its own only since 2.15 and 2.16. An application may fix an older version.
 */
final class Json {
  /** Far above what a network nested in networks needs, far below what a stack cannot hold. */
  static final int MAX_DEPTH = 200;

  static final int MAX_NUMBER_LENGTH = 100;

  /** The longest string that every version of Jackson reads. */
  static final int MAX_STRING_LENGTH = 5_000_000;

  /** The longest name that every version of Jackson reads. */
  static final int MAX_NAME_LENGTH = 50_000;

  private static final int OLDEST_MAJOR = 2;
  private static final int OLDEST_MINOR = 13;

  private Json() {}

  /** Not a constant: what is wrong with the version would come as an error of initialization. */
  private static final class Factory {
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from files: they are not to stay in a table of the whole program.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
  }

  /**
   * Makes parsers and generators.
   *
   * @throws IllegalStateException if the version of Jackson is too old
   */
  static JsonFactory factory() {
    requireVersion(PackageVersion.VERSION);
    return Factory.FACTORY;
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
