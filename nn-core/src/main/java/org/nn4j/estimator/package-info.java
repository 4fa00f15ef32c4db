/**
 * Estimators: trained models that apply what they save. Raw rows in, labels or values in the units
 * of the data out.
 */
@NullMarked
package org.nn4j.estimator;

import org.jspecify.annotations.NullMarked;
