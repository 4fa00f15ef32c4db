/** Estimators: trained models that predict labels or values from raw rows. */
@NullMarked
package org.nn4j.estimator;

import org.jspecify.annotations.NullMarked;
