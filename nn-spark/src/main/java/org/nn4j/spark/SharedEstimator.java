package org.nn4j.spark;

import java.io.Serial;
import java.util.Collections;
import java.util.List;
import org.nn4j.predict.Estimator;

/** Model that takes raw rows. */
abstract class SharedEstimator<E extends Estimator<P>, P> extends SharedModel<E, P> {
  @Serial private static final long serialVersionUID = 1L;

  SharedEstimator(byte[] file) {
    super(file);
  }

  @Override
  final List<String> features() {
    return model().features();
  }

  @Override
  final int inputSize() {
    return model().predictor().inputSize();
  }

  @Override
  final P predict(Object row) {
    return row instanceof List<?> values
        ? model().predict(values)
        : model().predictAll(Collections.singletonList(row)).get(0);
  }
}
