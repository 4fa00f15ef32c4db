package org.nn4j.data;

import org.nn4j.Require;

/** Numbers of epochs, which count from 1. */
final class EpochNumber {
  private EpochNumber() {}

  /** Refuses 0 and negative numbers. */
  static int require(int number, String who) {
    Require.that(
        number >= 1,
        who,
        "an epoch from 1 on",
        number,
        "count epochs from 1; evaluation() returns the samples without augmentation");
    return number;
  }
}
