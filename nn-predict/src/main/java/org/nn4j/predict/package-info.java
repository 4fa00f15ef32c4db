/**
 * Predictions of saved models in plain Java.
 *
 * <p>{@link org.nn4j.predict.Predictor} loads the files that nn-core writes and depends only on
 * {@code java.base}: no ND4J, no native code, no logging. {@link org.nn4j.predict.Classifier} and
 * {@link org.nn4j.predict.Regressor} predict raw rows.
 */
package org.nn4j.predict;
