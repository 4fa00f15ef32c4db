package org.nn4j.spark;

/**
 * Times of rounds in nanoseconds.
 *
 * @param rounds their number
 * @param workers of the slowest worker of each round, with reading and writing its state
 * @param driver writing the state, reading and averaging the results
 * @param engine the rest: scheduling and transport
 */
record RoundTimes(int rounds, long workers, long driver, long engine) {
  static final RoundTimes NONE = new RoundTimes(0, 0, 0, 0);

  RoundTimes plus(long ofWorkers, long ofDriver, long ofEngine) {
    return new RoundTimes(rounds + 1, workers + ofWorkers, driver + ofDriver, engine + ofEngine);
  }
}
