package org.nn4j.train;

import org.nn4j.Require;
import org.nn4j.persistence.Progress;

/** Position in a run, counted in place so that a step allocates no object. */
final class MutableProgress {
  private int epoch;
  private int stepsInEpoch;
  private long steps;
  private double lossSum;
  private long samples;
  private double lastLoss;
  private boolean atEpochEnd;

  MutableProgress(Progress start) {
    moveTo(start);
  }

  void moveTo(Progress start) {
    this.epoch = start.epoch();
    this.stepsInEpoch = start.stepsInEpoch();
    this.steps = start.steps();
    this.lossSum = start.lossSum();
    this.samples = start.samples();
    this.lastLoss = Double.NaN;
    this.atEpochEnd = false;
  }

  Progress progress() {
    return new Progress(epoch, stepsInEpoch, steps, lossSum, samples);
  }

  void stepTaken(double loss, int batchSamples) {
    stepsTaken(1, loss, batchSamples);
  }

  /** Counts several steps with the mean loss of their samples. */
  void stepsTaken(int number, double loss, int batchSamples) {
    stepsInEpoch += number;
    steps += number;
    lastLoss = loss;
    lossSum += loss * batchSamples;
    samples += batchSamples;
  }

  /** Marks the end of the epoch. */
  void reachEpochEnd() {
    if (stepsInEpoch == 0) {
      throw new IllegalStateException(
          Require.message(
              "Trainer",
              "at least one batch in epoch " + epoch,
              "none",
              "return all batches of the source in each epoch"));
    }
    atEpochEnd = true;
  }

  boolean isAtEpochEnd() {
    return atEpochEnd;
  }

  void nextEpoch() {
    epoch++;
    atEpochEnd = false;
    stepsInEpoch = 0;
    lossSum = 0;
    samples = 0;
  }

  int epoch() {
    return epoch;
  }

  int stepsInEpoch() {
    return stepsInEpoch;
  }

  long steps() {
    return steps;
  }

  /** Returns the loss of the last step. */
  double lastLoss() {
    return lastLoss;
  }
}
