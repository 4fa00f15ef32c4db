package org.nn4j.spark;

import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.nn4j.Activation;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Regressor;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/** Files of small models with random parameters. */
final class Models {
  /** Age, which is filled; income, which must be there; plan, of two categories; active. */
  static final Features CUSTOMER =
      Features.of(
          List.of(
              number("age", OptionalDouble.of(40)),
              number("income", OptionalDouble.empty()),
              new CategoryFeature("plan", List.of("basic", "pro"), UnknownCategory.ERROR),
              new BooleanFeature("active", OptionalDouble.of(0), false)));

  private Models() {}

  private static NumberFeature number(String name, OptionalDouble fill) {
    return new NumberFeature(name, new NumberFeature.Bounds(0, 99), 40, 9, fill, false);
  }

  static Network network(int inputs, int outputs, Activation last) {
    return Network.builder(inputs).dense(4, tanh()).dense(outputs, last).seed(1).build();
  }

  static String network(Path folder) throws IOException {
    return network(folder, 3);
  }

  static String network(Path folder, int inputs) throws IOException {
    Path file = folder.resolve("network.safetensors");
    ModelFiles.save(network(inputs, 2, tanh()), file);
    return file.toString();
  }

  static String classifier(Path folder) throws IOException {
    Path file = folder.resolve("churn.safetensors");
    Classifier.of(
            network(CUSTOMER.inputs().size(), 2, softmax()), CUSTOMER, List.of("left", "stayed"))
        .save(file);
    return file.toString();
  }

  static String regressor(Path folder, String... targets) throws IOException {
    Path file = folder.resolve(targets.length + "-targets.safetensors");
    Network network = network(CUSTOMER.inputs().size(), targets.length, identity());
    Regressor.of(
            network,
            CUSTOMER,
            Stream.of(targets).map(name -> new TargetColumn(name, 100, 20)).toList())
        .save(file);
    return file.toString();
  }
}
