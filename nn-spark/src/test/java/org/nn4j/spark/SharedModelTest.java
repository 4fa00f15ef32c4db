package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.identity;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.predict.Prediction;
import scala.collection.immutable.ArraySeq;
import scala.reflect.ClassTag;

/** What executors run, in the JVM of the test. */
@SuppressWarnings("NullAway")
class SharedModelTest {
  @TempDir private Path folder;

  private SharedModel<?, Prediction> classifier() throws Exception {
    return new SharedClassifier(Files.readAllBytes(Path.of(Models.classifier(folder))));
  }

  private SharedNetwork network() throws Exception {
    return new SharedNetwork(Files.readAllBytes(Path.of(Models.network(folder))));
  }

  private static String error(SharedModel<?, ?> model, Object... values) {
    Row row = model.scoreColumns(RowFactory.create(values));
    assertThat(row.isNullAt(0)).isTrue();
    return row.getString(row.size() - 1);
  }

  private static Row vector(Object... numbers) {
    return RowFactory.create(ArraySeq.unsafeWrapArray(numbers));
  }

  @Test
  void aRowBecomesTheColumnsOfItsPrediction() throws Exception {
    SharedModel<?, Prediction> model = classifier();
    List<Object> customer = List.of(30, 5, "pro", true);
    Prediction prediction = model.predict(customer);

    Row row = model.scoreColumns(RowFactory.create(customer.toArray()));

    assertThat(row)
        .isEqualTo(RowFactory.create(prediction.label(), prediction.probabilities(), null));
    assertThat(model.type().simpleString())
        .isEqualTo("struct<prediction:string,probabilities:map<string,double>,error:string>");
  }

  @Test
  void regressorsPredictNumbers() throws Exception {
    byte[] one = Files.readAllBytes(Path.of(Models.regressor(folder, "rent")));
    byte[] two = Files.readAllBytes(Path.of(Models.regressor(folder, "rent", "deposit")));
    Row row = RowFactory.create(30, 5, "pro", true);

    assertThat(new SharedRegressor(one).scoreColumns(row).get(0)).isInstanceOf(Double.class);
    assertThat(new SharedRegressor(two).scoreColumns(row).get(0))
        .isEqualTo(new SharedRegressor(two).predict(List.of(30, 5, "pro", true)).values());
  }

  @Test
  void badRowsAreErrors() throws Exception {
    SharedModel<?, Prediction> model = classifier();
    SharedNetwork network = network();

    assertThat(error(model, 30, Double.POSITIVE_INFINITY, "pro", true))
        .startsWith("feature 'income': expected a finite number, found 'Infinity'; ");
    assertThat(error(model, 30, true, "pro", true))
        .startsWith("feature 'income': expected a finite number, found 'true'; ");
    assertThat(error(model, 30, 5, "pro", new byte[1]))
        .isEqualTo(
            "row, value at index 3: expected a number, a string or a boolean, found [B; cast the"
                + " column");
    assertThat(error(model, (Object) null))
        .isEqualTo("row: expected 4 numbers, found null; fill in the vector");
    assertThat(error(network, 1, null, 3))
        .isEqualTo(
            "row, value at index 1: expected a finite number in single precision, found null; correct it, or fill it in");
    assertThat(error(network, 1, Double.NaN, 3))
        .isEqualTo(
            "row, value at index 1: expected a finite number in single precision, found NaN; correct it, or fill it in");
    assertThat(error(network, 1, 1e300, 3))
        .isEqualTo(
            "row, value at index 1: expected a finite number in single precision, found 1.0E300; correct it, or fill it in");
    assertThat(error(network, 1, "2", 3))
        .isEqualTo(
            "row, value at index 1: expected a finite number in single precision, found 2; correct it, or fill it in");
    assertThat(network.scoreColumns(vector(1, 2)).getString(1))
        .isEqualTo(
            "Predictor.predict: expected 3 elements, found 2; pass all elements of one sample");
  }

  @Test
  void aNetworkTakesArraysAndLists() throws Exception {
    SharedNetwork network = network();
    float[] expected = network.predict(new float[] {1, 2, 3});

    assertThat(network.predict(new double[] {1, 2, 3})).isEqualTo(expected);
    assertThat(network.predict(List.of(1, 2L, 3.0))).isEqualTo(expected);
    assertThat(network.scoreColumns(vector(1, 2, 3)).get(0)).isEqualTo(expected);
    assertThat(network.score(RowFactory.create(1, 2, 3)).prediction()).isEqualTo(expected);
    assertThat(network.score("1").error())
        .isEqualTo(
            "row, value at index 0: expected a finite number in single precision, found 1; correct it, or fill it in");
    assertThat(network.score(null).error())
        .isEqualTo(
            "row, value at index 0: expected a finite number in single precision, found null; correct it, or fill it in");
  }

  @Test
  void outputsThatAreNotFiniteAreErrors() throws Exception {
    Network network = Network.builder(1).dense(1, identity()).build();
    network.parameters().values().assign(2);
    Path file = folder.resolve("doubling.safetensors");
    ModelFiles.save(network, file);

    assertThat(new SharedNetwork(Files.readAllBytes(file)).score(List.of(3e38)).error())
        .isEqualTo(
            "Network: expected finite outputs, found Infinity; check the row for huge numbers");
  }

  @Test
  void everySerializerOfSparkTransportsModelsAndPredictions() throws Exception {
    SharedModel<?, Prediction> model = classifier();
    List<Object> customer = List.of(30, 5, "pro", true);
    Scored<List<Object>, Prediction> scored = model.score(new ArrayList<>(customer));
    for (Serializer serializer :
        List.of(new JavaSerializer(new SparkConf()), new KryoSerializer(new SparkConf()))) {
      SerializerInstance instance = serializer.newInstance();
      SharedModel<?, Prediction> read = copy(instance, model);
      assertThat(read.predict(customer)).isEqualTo(scored.prediction());
      assertThat(copy(instance, scored)).isEqualTo(scored);
    }
  }

  private static <T> T copy(SerializerInstance serializer, T object) {
    ClassTag<T> tag = ClassTag.apply(object.getClass());
    return serializer.deserialize(serializer.serialize(object, tag), tag);
  }

  @Test
  void aDamagedFileIsNotAnErrorOfARow() {
    SharedNetwork model = new SharedNetwork(new byte[3]);

    assertThatThrownBy(() -> model.model()).isInstanceOf(UncheckedIOException.class);
  }
}
