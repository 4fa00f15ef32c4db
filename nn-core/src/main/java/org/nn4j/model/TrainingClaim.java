package org.nn4j.model;

/**
 * The right to train a network, which one thread has at a time. Made by {@link
 * Network#claimForTraining()}.
 */
@FunctionalInterface
public interface TrainingClaim extends AutoCloseable {
  /** Gives the right back; to be called once. */
  @Override
  void close();
}
