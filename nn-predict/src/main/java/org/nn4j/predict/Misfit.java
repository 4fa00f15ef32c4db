package org.nn4j.predict;

/** Reason why a network is no classifier, or no regressor. */
final class Misfit {
  private final String who;
  private final String expected;
  private final String found;
  private final String remedy;
  private final String remedyForFile;

  Misfit(String who, String expected, String found, String remedy, String remedyForFile) {
    this.who = who;
    this.expected = expected;
    this.found = found;
    this.remedy = remedy;
    this.remedyForFile = remedyForFile;
  }

  IllegalArgumentException ofNetwork() {
    return new IllegalArgumentException(Texts.message(who, expected, found, remedy));
  }

  ModelFormatException ofFile(String file) {
    return new ModelFormatException(file, "metadata 'info'", expected, found, remedyForFile, null);
  }
}
