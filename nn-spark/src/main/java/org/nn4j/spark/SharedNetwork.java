package org.nn4j.spark;

import static org.apache.spark.sql.types.DataTypes.FloatType;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.nn4j.predict.Predictor;

/** Network that computes outputs of encoded rows. */
final class SharedNetwork extends SharedModel<Predictor, float[]> {
  @Serial private static final long serialVersionUID = 1L;

  SharedNetwork(byte[] file) {
    super(file);
  }

  @Override
  Predictor parse(byte[] bytes) throws IOException {
    return Predictor.load(bytes);
  }

  @Override
  List<String> features() {
    return List.of();
  }

  @Override
  int inputSize() {
    return model().inputSize();
  }

  @Override
  List<StructField> columns() {
    return List.of(field(PREDICTION, DataTypes.createArrayType(FloatType, false)));
  }

  @Override
  Object[] values(float[] outputs) {
    return new Object[] {outputs};
  }

  @Override
  float[] predict(Object row) {
    float[] outputs = model().predict(RowValues.floats(row));
    for (float output : outputs) {
      if (Float.isNaN(output) || Float.isInfinite(output)) {
        throw new IllegalStateException(
            "Network: expected finite outputs, found "
                + output
                + "; check the row for huge numbers");
      }
    }
    return outputs;
  }
}
