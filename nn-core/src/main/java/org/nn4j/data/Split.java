package org.nn4j.data;

/**
 * A data set in two parts that share no sample.
 *
 * @param training to train on
 * @param validation to measure on
 */
public record Split(Dataset training, Dataset validation) {}
