package org.nn4j.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_date;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.predict.Classifier;
import org.nn4j.predict.Estimate;
import org.nn4j.predict.ModelFormatException;
import org.nn4j.predict.Prediction;
import org.nn4j.predict.Predictor;
import org.nn4j.predict.Regressor;

@ExtendWith(Cluster.class)
class SparkModelTest {
  private static final int ROWS = 20;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  /** An id and the features of a customer; every third one has no age. */
  private static Dataset<Row> customers() {
    return Cluster.session()
        .range(0, ROWS, 1, 4)
        .select(
            col("id"),
            expr("if(id % 3 = 0, null, 20 + cast(id as int)) as age"),
            expr("cast(10 * id as float) as income"),
            expr("if(id % 2 = 0, 'basic', 'pro') as plan"),
            expr("id % 5 = 0 as active"));
  }

  private static List<Object> features(Row customer) {
    return Arrays.asList(
        customer.getAs("age"),
        customer.getAs("income"),
        customer.getAs("plan"),
        customer.getAs("active"));
  }

  private SparkModel<Prediction> classifier() throws Exception {
    return SparkModel.classifier(Cluster.session(), Models.classifier(folder));
  }

  private SparkModel<float[]> network() throws Exception {
    return SparkModel.network(Cluster.session(), Models.network(folder));
  }

  @Test
  void aClassifierAppendsLabelsAndProbabilities() throws Exception {
    Dataset<Row> scored = classifier().transform(customers());
    Classifier plain = Classifier.load(Path.of(Models.classifier(folder)));

    assertThat(scored.columns())
        .containsExactly(
            "id", "age", "income", "plan", "active", "prediction", "probabilities", "error");
    List<Row> rows = scored.collectAsList();
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      Prediction prediction = plain.predict(features(row));
      assertThat(row.<String>getAs("prediction")).isEqualTo(prediction.label());
      assertThat(row.getJavaMap(6)).isEqualTo(prediction.probabilities());
      assertThat(row.<String>getAs("error")).isNull();
    }
  }

  @Test
  void aRegressorAppendsTheValueOfItsTarget() throws Exception {
    String file = Models.regressor(folder, "rent");
    Regressor plain = Regressor.load(Path.of(file));

    Dataset<Row> scored =
        SparkModel.regressor(Cluster.session(), file).transform(customers()).drop("error");

    for (Row row : scored.collectAsList()) {
      assertThat(row.<Double>getAs("prediction")).isEqualTo(plain.predict(features(row)).value());
    }
  }

  @Test
  void severalTargetsAreAMap() throws Exception {
    String file = Models.regressor(folder, "rent", "deposit");
    Regressor plain = Regressor.load(Path.of(file));
    SparkModel<Estimate> model = SparkModel.regressor(Cluster.session(), file);

    for (Row row : model.transform(customers()).collectAsList()) {
      assertThat(row.getJavaMap(row.fieldIndex("prediction")))
          .isEqualTo(plain.predict(features(row)).values());
    }
    assertThat(model)
        .hasToString(
            "SparkModel(Regressor(Features(age, income, plan, active) -> [rent, deposit]))");
  }

  @Test
  void aNetworkTakesVectorsOrColumns() throws Exception {
    Dataset<Row> rows =
        Cluster.session()
            .range(0, ROWS, 1, 4)
            .select(col("id").as("a"), expr("-id as b"), expr("0.25 as c"))
            .withColumn("vector", array(col("a"), col("b"), col("c")));
    Predictor plain = Predictor.load(Path.of(Models.network(folder)));

    SparkModel<float[]> model = network();
    List<Row> vectors = model.transform(rows, "vector").collectAsList();
    List<Row> columns = model.transform(rows, "a", "b", "c").collectAsList();

    for (int i = 0; i < ROWS; i++) {
      float[] expected = plain.predict(new float[] {i, -i, 0.25f});
      assertThat(vectors.get(i).getList(4)).isEqualTo(List.of(expected[0], expected[1]));
      assertThat(columns.get(i).getList(4)).isEqualTo(vectors.get(i).getList(4));
    }
  }

  @Test
  void refusedRowsHaveErrorsAndAreNotLost() throws Exception {
    Dataset<Row> rows =
        customers()
            .withColumn("income", expr("if(id = 3, null, income)"))
            .withColumn("plan", expr("if(id = 4, 'gold', if(id = 5, null, plan))"));

    List<Row> scored = classifier().transform(rows).orderBy("id").collectAsList();

    assertThat(scored).hasSize(ROWS);
    assertThat(scored.stream().filter(row -> row.getAs("error") != null))
        .allMatch(row -> row.getAs("prediction") == null && row.getAs("probabilities") == null)
        .extracting(row -> row.getLong(0) + ", " + row.getAs("error"))
        .containsExactly(
            "3, feature 'income': expected a finite number, found nothing; supply it, or train with"
                + " fillMissing(...)",
            "4, feature 'plan': expected one of the categories basic, pro, found 'gold'; pass a"
                + " category of the training data, or train with"
                + " unknownCategories(UnknownCategory.ZEROS)",
            "5, feature 'plan': expected one of the categories basic, pro, found nothing; pass a"
                + " category of the training data, or train with"
                + " unknownCategories(UnknownCategory.ZEROS)");
  }

  @Test
  void aColumnScoresAnyColumns() throws Exception {
    SparkModel<Prediction> model = classifier();
    Dataset<Row> rows =
        customers()
            .select(
                col("id"),
                model.predict().as("all"),
                model.predict(lit(30), lit("12.5"), lit("pro"), lit(true)).as("fixed"),
                model.predict(lit(30), lit(1), current_date(), lit(true)).as("date"));

    Row row = rows.where("id = 1").select("all.prediction", "fixed.*", "date.error").head();

    Classifier plain = Classifier.load(Path.of(Models.classifier(folder)));
    assertThat(row.getString(0)).isEqualTo(plain.predict(List.of(21, 10, "pro", false)).label());
    assertThat(row.getString(1)).isEqualTo(plain.predict(List.of(30, 12.5, "pro", true)).label());
    assertThat(row.getString(4))
        .startsWith("row, value at index 2: expected a number, a string or a boolean, found java.");
  }

  @Test
  void columnsAreCheckedBeforeAJobStarts() throws Exception {
    SparkModel<Prediction> model = classifier();
    SparkModel<float[]> network = network();
    Dataset<Row> rows = customers().withColumn("day", current_date());

    assertThatThrownBy(() -> model.transform(rows.drop("plan")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparkModel.transform: expected a column 'plan', found columns id, age, income, active,"
                + " day; rename a column, or pass the names of the columns in the order of the"
                + " features");
    assertThatThrownBy(() -> model.transform(rows, "age", "income", "day", "active"))
        .hasMessage(
            "SparkModel.transform: expected column 'day' of numbers, strings or booleans, found"
                + " date; cast it");
    assertThatThrownBy(() -> network.transform(rows, "id", "plan", "age"))
        .hasMessage(
            "SparkModel.transform: expected column 'plan' of numbers, found string; cast it");
    assertThatThrownBy(() -> network.transform(rows, "plan"))
        .hasMessage(
            "SparkModel.transform: expected column 'plan' of arrays of numbers, found string; pass"
                + " one of them, or a column for each feature");
    assertThatThrownBy(() -> model.transform(rows, "age"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparkModel.transform: expected column 'age' of arrays of numbers, found int; pass one"
                + " of them, or a column for each feature");
    assertThatThrownBy(() -> network.transform(rows))
        .hasMessage(
            "SparkModel.transform: expected 3 columns, or one of arrays, found 0 columns; pass a"
                + " column for each feature");
    assertThatThrownBy(() -> network.predict())
        .hasMessage(
            "SparkModel.predict: expected 3 columns, or one of arrays, found 0 columns; pass a"
                + " column for each feature");
    assertThatThrownBy(() -> model.predict(col("age"), col("plan")))
        .hasMessage(
            "SparkModel.predict: expected 4 columns, or one of arrays, found 2 columns; pass a"
                + " column for each feature");
    assertThatThrownBy(() -> model.transform(rows.withColumnRenamed("id", "Error")))
        .hasMessage(
            "SparkModel.transform: expected rows without a column 'error', which is appended, found"
                + " 'Error'; rename it, for example with withColumnRenamed");
  }

  @Test
  void namesOfColumnsMayHaveDots() throws Exception {
    Dataset<Row> rows = Cluster.session().range(3).toDF("a.`b").withColumn("scored", lit(1));

    Dataset<Row> scored = network().transform(rows, "a.`b", "scored", "a.`b");

    assertThat(scored.columns()).containsExactly("a.`b", "scored", "prediction", "error");
    assertThat(scored.where("error is null").count()).isEqualTo(3);
  }

  @Test
  void namesOfOtherColumnsMayRepeat() throws Exception {
    Dataset<Row> left = customers();
    Dataset<Row> joined =
        left.alias("scored").join(left.select("id").alias("r"), expr("scored.id = r.id"));
    Dataset<Row> rows = joined.withColumn("x", lit(1)).select(col("*"), col("x").as("X"));
    SparkModel<Prediction> model = classifier();

    Dataset<Row> scored = model.transform(rows);

    assertThat(scored.columns())
        .containsExactly(
            "id",
            "age",
            "income",
            "plan",
            "active",
            "id",
            "x",
            "X",
            "prediction",
            "probabilities",
            "error");
    assertThat(scored.collectAsList())
        .hasSize(ROWS)
        .allMatch(row -> row.getLong(0) == row.getLong(5) && row.getAs("prediction") != null);
    assertThat(scored.select("scored.id", "r.id", "prediction").count()).isEqualTo(ROWS);
  }

  @Test
  void namesOfFeaturesMustNotRepeat() throws Exception {
    SparkModel<Prediction> model = classifier();
    Dataset<Row> left = customers();
    Dataset<Row> joined =
        left.alias("l").join(left.select("id", "age").alias("r"), expr("l.id = r.id"));
    Dataset<Row> cases = left.withColumn("x", lit(1)).select(col("*"), col("x").as("AGE"));

    assertThatThrownBy(() -> model.transform(joined))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparkModel.transform: expected one column 'age', found age, age; drop or rename the"
                + " others, before a join if there is one");
    assertThatThrownBy(() -> model.transform(cases))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparkModel.transform: expected one column 'age', found age, AGE; drop or rename the"
                + " others, before a join if there is one");
    SparkSession session = Cluster.session();
    session.conf().set("spark.sql.caseSensitive", true);
    try {
      assertThat(model.transform(cases).where("error is null").count()).isEqualTo(ROWS);
    } finally {
      session.conf().unset("spark.sql.caseSensitive");
    }
  }

  @Test
  void aColumnOfAModelOfOneValueIsANumberOrAnArray() throws Exception {
    SparkModel<float[]> model = SparkModel.network(Cluster.session(), Models.network(folder, 1));
    Dataset<Row> rows = customers().select(col("id"), array(col("id")).as("ids"));

    assertThat(model.transform(rows, "id").select("prediction").collectAsList())
        .isEqualTo(model.transform(rows, "ids").select("prediction").collectAsList())
        .noneMatch(row -> row.isNullAt(0));
    assertThatThrownBy(() -> model.transform(rows.withColumn("day", current_date()), "day"))
        .hasMessage(
            "SparkModel.transform: expected column 'day' of numbers, or of arrays of numbers, found"
                + " date; cast it");
  }

  @Test
  void anRddOfAnyRowsIsScored() throws Exception {
    SparkModel<Prediction> model = classifier();
    Map<String, Object> customer = Map.of("age", 30, "income", 5, "plan", "pro", "active", false);
    Map<String, Object> broken = new HashMap<>(customer);
    broken.put("plan", "gold");
    Classifier plain = Classifier.load(Path.of(Models.classifier(folder)));

    List<Scored<Map<String, Object>, Prediction>> maps =
        model.transform(Cluster.context().parallelize(List.of(customer, broken))).collect();
    List<Scored<Row, Prediction>> rows = model.transform(customers().javaRDD()).collect();

    assertThat(maps.get(0)).isEqualTo(new Scored<>(customer, plain.predict(customer), null));
    assertThat(maps.get(1).row()).isEqualTo(broken);
    assertThat(maps.get(1).prediction()).isNull();
    assertThat(maps.get(1).error()).contains("feature 'plan'").contains("'gold'");
    assertThat(rows)
        .hasSize(ROWS)
        .allMatch(scored -> plain.predict(features(scored.row())).equals(scored.prediction()));
  }

  @Test
  void anExecutorParsesTheFileOnce() throws Exception {
    Broadcast<? extends SharedModel<?, Prediction>> shared = classifier().shared();

    List<String> seen =
        customers()
            .repartition(8)
            .javaRDD()
            .mapPartitions(
                rows ->
                    List.of(
                            ProcessHandle.current().pid()
                                + " "
                                + System.identityHashCode(shared.value().model()))
                        .iterator())
            .distinct()
            .collect();

    assertThat(seen.stream().map(s -> s.substring(0, s.indexOf(' ')))).doesNotHaveDuplicates();
  }

  @Test
  void aKilledExecutorDoesNotChangeTheResult() throws Exception {
    SparkModel<Prediction> model = classifier();
    Dataset<Row> customers = customers();
    JavaRDD<Row> fatal =
        customers
            .javaRDD()
            .map(
                row -> {
                  if (row.getLong(0) == 7 && TaskContext.get().attemptNumber() == 0) {
                    Runtime.getRuntime().halt(1);
                  }
                  return row;
                });
    Dataset<Row> again = Cluster.session().createDataFrame(fatal, customers.schema());

    assertThat(model.transform(again).collectAsList())
        .isEqualTo(model.transform(customers).collectAsList());
  }

  @Test
  void aFileThatIsNoSuchModelIsRefused() {
    SparkSession session = Cluster.session();

    assertThatThrownBy(() -> SparkModel.classifier(session, folder + "/none"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> SparkModel.classifier(session, Models.regressor(folder, "rent")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model file " + folder + "/1-targets.safetensors, ")
        .hasMessageContaining("found one with targets; use SparkModel.regressor")
        .hasCauseInstanceOf(ModelFormatException.class);
    assertThatThrownBy(
            () ->
                SparkModel.network(
                    session, Files.writeString(folder.resolve("text"), "text").toString()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model file " + folder + "/text, ")
        .hasMessageContaining("; ")
        .hasCauseInstanceOf(ModelFormatException.class);
  }

  @Test
  void aPathThatHadoopRefusesIsOneException() throws Exception {
    SparkSession session = Cluster.session();
    Path file = Files.copy(Path.of(Models.network(folder)), folder.resolve("a b:c.safetensors"));

    for (String path : List.of(file.toString(), "a b:c.safetensors", "")) {
      assertThatThrownBy(() -> SparkModel.network(session, path))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "SparkModel.network: expected a path or URI of a file system of Hadoop, found '"
                  + path
                  + "' (")
          .hasMessageEndingWith("); check scheme and host, or rename a file with a colon");
    }
  }

  @Test
  void filtersOnResultsDoNotScoreTwice() throws Exception {
    Dataset<Row> scored = classifier().transform(customers());

    String plan = scored.where("error is null").queryExecution().optimizedPlan().toString();

    assertThat(plan.split("UDF\\(", -1)).as(plan).hasSize(2);
  }
}
