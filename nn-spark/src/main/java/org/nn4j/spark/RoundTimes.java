package org.nn4j.spark;

/**
 * Times of rounds in nanoseconds.
 *
 * @param rounds their number
 * @param steps of the slowest worker of each round
 * @param states the rest of its task: reading and writing its state, its order of the samples
 * @param driver writing the state, reading and averaging the results
 * @param engine the rest: scheduling and transport
 */
record RoundTimes(int rounds, long steps, long states, long driver, long engine) {
  static final RoundTimes NONE = new RoundTimes(0, 0, 0, 0, 0);

  RoundTimes plus(PartResult slowest, long ofDriver, long ofEngine) {
    return new RoundTimes(
        rounds + 1,
        steps + slowest.nanosOfSteps(),
        states + slowest.nanos() - slowest.nanosOfSteps(),
        driver + ofDriver,
        engine + ofEngine);
  }
}
