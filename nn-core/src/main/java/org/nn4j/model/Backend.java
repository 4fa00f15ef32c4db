package org.nn4j.model;

import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;

/** Whether ND4J has found the natives that compute for it. */
final class Backend {
  private Backend() {}

  /**
   * Starts ND4J. Without this, the first use of an array would say that a class cannot be
   * initialised, and each further use only that it is not there.
   *
   * @throws IllegalStateException if there are no natives for this platform on the class path
   */
  static void require() {
    try {
      Nd4j.getBackend();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          Require.message(
                  "ND4J",
                  "a backend with natives for " + Loader.getPlatform(),
                  root(e).toString(),
                  "add org.nd4j:nd4j-native-platform to the class path, or nd4j-native and openblas"
                      + " with the classifier "
                      + Loader.getPlatform())
              + "; see docs/troubleshooting.md#no-backend",
          e);
    }
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }
}
