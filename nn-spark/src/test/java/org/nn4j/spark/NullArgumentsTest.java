package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Cluster.class)
@SuppressWarnings("NullAway")
class NullArgumentsTest {
  private static void assertRefused(String method, String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NullPointerException.class)
        .hasMessage(
            "SparkModel.%s: expected argument '%s', found null; pass a value for '%s'",
            method, name, name);
  }

  @Test
  void modelsNeedASessionAndAFile() {
    SparkSession session = Cluster.session();
    assertRefused("classifier", "session", () -> SparkModel.classifier(null, "file"));
    assertRefused("classifier", "file", () -> SparkModel.classifier(session, null));
    assertRefused("regressor", "session", () -> SparkModel.regressor(null, "file"));
    assertRefused("regressor", "file", () -> SparkModel.regressor(session, null));
    assertRefused("network", "session", () -> SparkModel.network(null, "file"));
    assertRefused("network", "file", () -> SparkModel.network(session, null));
  }

  @Test
  void rowsAndColumnsAreNotNull(@TempDir Path folder) throws Exception {
    SparkModel<float[]> model = SparkModel.network(Cluster.session(), Models.network(folder));
    Dataset<Row> rows = Cluster.session().range(1).toDF();
    assertRefused("transform", "rows", () -> model.transform((Dataset<Row>) null));
    assertRefused("transform", "rows", () -> model.transform((JavaRDD<Row>) null));
    assertRefused("transform", "columns", () -> model.transform(rows, (String[]) null));
    assertRefused("transform", "columns[1]", () -> model.transform(rows, "id", null));
    assertRefused("predict", "columns", () -> model.predict((Column[]) null));
    assertRefused("predict", "columns[0]", () -> model.predict(new Column[1]));
  }
}
