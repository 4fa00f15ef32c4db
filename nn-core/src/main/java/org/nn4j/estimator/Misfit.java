package org.nn4j.estimator;

import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.io.ModelFormatException;

/**
 * Reason why a network is no classifier, or no regressor.
 *
 * @param who the type that the network does not fit
 * @param expected what it expects
 * @param found what the network has
 * @param remedy what to do with a network
 * @param remedyForFile what to do with a file
 */
record Misfit(String who, String expected, String found, String remedy, String remedyForFile) {
  IllegalArgumentException ofNetwork() {
    return new IllegalArgumentException(Require.message(who, expected, found, remedy));
  }

  ModelFormatException ofFile(Path file) {
    return new ModelFormatException(
        file.toString(), "metadata 'info'", expected, found, remedyForFile);
  }
}
