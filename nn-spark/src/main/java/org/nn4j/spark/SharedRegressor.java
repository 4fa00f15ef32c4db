package org.nn4j.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.nn4j.predict.Estimate;
import org.nn4j.predict.Regressor;

/** Regressor that predicts a number, or numbers by the names of its targets. */
final class SharedRegressor extends SharedEstimator<Regressor, Estimate> {
  @Serial private static final long serialVersionUID = 1L;

  SharedRegressor(byte[] file) {
    super(file);
  }

  @Override
  Regressor parse(byte[] bytes) throws IOException {
    return Regressor.load(bytes);
  }

  private boolean hasOneTarget() {
    return model().predictor().outputSize() == 1;
  }

  @Override
  List<StructField> columns() {
    return List.of(field(PREDICTION, hasOneTarget() ? DoubleType : numbersByName()));
  }

  @Override
  Object[] values(Estimate estimate) {
    return new Object[] {hasOneTarget() ? (Object) estimate.value() : estimate.values()};
  }
}
