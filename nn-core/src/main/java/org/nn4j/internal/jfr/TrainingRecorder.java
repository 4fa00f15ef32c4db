package org.nn4j.internal.jfr;

import org.jspecify.annotations.Nullable;

/**
 * Events of one training run. While they are not recorded, a call creates no object. For one
 * thread.
 */
public final class TrainingRecorder {
  /** Time from the beginning of a recorded step to that of the next one. */
  private static final long STEP_NANOS = 10_000_000;

  private @Nullable EpochEvent epochEvent;
  private @Nullable StepEvent stepEvent;
  private long lastStep = System.nanoTime() - STEP_NANOS;

  /** Begins an epoch. */
  public void epochBegin() {
    epochEvent = null;
    if (FlightRecorder.isStarted() && EpochEvent.PROBE.isEnabled()) {
      epochEvent = new EpochEvent();
      epochEvent.begin();
    }
  }

  /** Ends the epoch. */
  public void epochEnd(int epoch, long steps, double loss, double samplesPerSecond) {
    EpochEvent event = epochEvent;
    if (event != null) {
      event.epoch = epoch;
      event.steps = steps;
      event.loss = loss;
      event.samplesPerSecond = samplesPerSecond;
      event.commit();
      epochEvent = null;
    }
  }

  /** Begins a step. */
  public void stepBegin() {
    stepEvent = null;
    if (FlightRecorder.isStarted() && StepEvent.PROBE.isEnabled()) {
      long now = System.nanoTime();
      if (now - lastStep >= STEP_NANOS) {
        lastStep = now;
        stepEvent = new StepEvent();
        stepEvent.begin();
      }
    }
  }

  /** Ends the step. */
  public void stepEnd(int epoch, long step, double loss, int samples) {
    StepEvent event = stepEvent;
    if (event != null) {
      event.epoch = epoch;
      event.step = step;
      event.loss = loss;
      event.samples = samples;
      event.commit();
      stepEvent = null;
    }
  }
}
