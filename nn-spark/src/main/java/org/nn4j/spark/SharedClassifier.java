package org.nn4j.spark;

import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.nn4j.predict.Classifier;
import org.nn4j.predict.Prediction;

/** Classifier that predicts a label and the probability of each label. */
final class SharedClassifier extends SharedEstimator<Classifier, Prediction> {
  @Serial private static final long serialVersionUID = 1L;

  SharedClassifier(byte[] file) {
    super(file);
  }

  @Override
  Classifier parse(byte[] bytes) throws IOException {
    return Classifier.load(bytes);
  }

  @Override
  List<StructField> columns() {
    return List.of(field(PREDICTION, StringType), field("probabilities", numbersByName()));
  }

  @Override
  Object[] values(Prediction prediction) {
    return new Object[] {prediction.label(), prediction.probabilities()};
  }
}
