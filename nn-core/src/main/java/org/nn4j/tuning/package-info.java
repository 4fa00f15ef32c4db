/**
 * Cross-validation ({@link org.nn4j.tuning.CrossValidation}), search for hyperparameters ({@link
 * org.nn4j.tuning.Search}) and calibration of probabilities ({@link
 * org.nn4j.tuning.TemperatureScaling}), on top of the public API.
 */
@NullMarked
package org.nn4j.tuning;

import org.jspecify.annotations.NullMarked;
