package org.nn4j.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.predict.Prediction;

/** The code of docs/spark.md, between markers, run; and the document held to it. */
@ExtendWith(Cluster.class)
class SparkPageTest {
  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  @Test
  void dataFrames(@TempDir Path folder) throws Exception {
    Models.classifier(folder);
    SparkSession session = Cluster.session();
    Dataset<Row> customers =
        session
            .range(4)
            .select(
                lit(30).as("age"),
                lit(5).as("income"),
                lit("pro").as("plan"),
                col("id").as("active"));
    // page
    SparkModel<Prediction> model = SparkModel.classifier(session, folder + "/churn.safetensors");
    Dataset<Row> scored = model.transform(customers); // + prediction, probabilities, error
    scored.where("error is null").write().parquet(folder + "/scored");
    scored.where("error is not null").write().parquet(folder + "/refused");
    // end
    assertThat(session.read().parquet(folder + "/scored").count()).isEqualTo(2);
    assertThat(session.read().parquet(folder + "/refused").select("active").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void columns(@TempDir Path folder) throws Exception {
    SparkModel<float[]> model = SparkModel.network(Cluster.session(), Models.network(folder, 2));
    Dataset<Row> rows =
        Cluster.session()
            .range(1)
            .withColumn("age_2026", lit(30))
            .withColumn("plan", lit(2))
            .withColumn("pixels", array(col("age_2026"), col("plan")));
    // page
    model.transform(rows, "age_2026", "plan"); // a column for each feature, in order
    model.transform(rows, "pixels"); // array<float>, array<double> or other numbers
    // end
    // page
    Column churn = model.predict(col("age_2026"), col("plan")); // struct<prediction, ..., error>
    rows.select(col("id"), churn.getField("prediction").as("churn"));
    // end
    assertThat(
            model
                .transform(rows, "pixels")
                .select(col("prediction"), churn.getField("prediction"))
                .collectAsList())
        .allMatch(row -> row.getList(0).equals(row.getList(1)));
  }

  @Test
  void rdds(@TempDir Path folder) throws Exception {
    SparkModel<Prediction> model =
        SparkModel.classifier(Cluster.session(), Models.classifier(folder));
    Map<String, Object> request = Map.of("age", 1, "income", 2, "plan", "gold", "active", true);
    JavaRDD<Map<String, Object>> requests = Cluster.context().parallelize(List.of(request), 1);
    // page
    JavaRDD<Scored<Map<String, Object>, Prediction>> scored = model.transform(requests);
    scored.filter(row -> row.error() != null).saveAsTextFile(folder + "/refused");
    // end
    assertThat(read(folder + "/refused/part-00000"))
        .contains("error=feature 'plan': expected one of the categories basic, pro, found 'gold'");
  }

  @Test
  void thePageShowsThisCode() throws IOException {
    String source =
        (read("src/test/java/org/nn4j/spark/SparkPageTest.java")
                + read("src/test/java/org/nn4j/spark/TrainingPageTest.java"))
            .replace("folder + \"/churn", "\"hdfs:///models/churn")
            .replace("folder + \"/", "\"");
    List<String> run = blocks("(?s)// page\n(.*?)\n *// end", source);
    List<String> shown = blocks("(?s)```java\n(.*?)\n```", read("../docs/spark.md"));
    assertThat(shown).isNotEmpty().containsExactlyElementsOf(run);
  }

  /** Matches without the indentation that all of their lines have, and without line breaks. */
  private static List<String> blocks(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1).replaceAll("\\s+", " ").strip())
        .toList();
  }

  @Test
  void thePageNamesTheVersionsOfSparksJars() throws IOException {
    List<String> versions =
        Pattern.compile(
                "/(?:spark-sql_2\\.13|jackson-core|slf4j-api|log4j-core|commons-io|commons-lang3"
                    + "|flatbuffers-java|protobuf-java|guava)-([0-9.]+)(?:-jre)?\\.jar")
            .matcher(System.getProperty("java.class.path"))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(versions).hasSize(9).allMatch(read("../docs/spark.md")::contains);
  }
}
