package org.nn4j.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.weights.Fixtures.MODULES;
import static org.nn4j.weights.Fixtures.file;
import static org.nn4j.weights.Fixtures.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Parameter;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Safetensors;
import org.nn4j.model.Network;

class WeightsTest {
  private static WeightMap map(String rule) {
    return switch (rule) {
      case "modules" -> WeightMap.pyTorch(MODULES);
      case "file" -> WeightMap.pyTorch();
      case "nested" ->
          WeightMap.pyTorch(
                  "model.fc1", "model.batch_norm", "model.fc2", "model.layer_norm", "model.fc3")
              .ignoring("optimizer");
      case "keras" -> WeightMap.keras();
      case "layers" ->
          WeightMap.keras(
              "dense", "batch_normalization", "dense_1", "layer_normalization", "dense_2");
      default -> WeightMap.inOrder();
    };
  }

  /** The outputs are those of PyTorch in float64. */
  @ParameterizedTest
  @CsvSource({
    "mlp.pt, modules, float32",
    "mlp.pt, file, float32",
    "protocol-4.pt, file, float32",
    "checkpoint.pt, nested, float32",
    "float16.pt, modules, float16",
    "bfloat16.pt, modules, bfloat16",
    "float64.pt, modules, float32",
    "mlp.safetensors, modules, float32",
    "float16.safetensors, modules, float16",
    "bfloat16.safetensors, modules, bfloat16",
    "float64.safetensors, modules, float32",
    "keras.npz, keras, float32",
    "keras.npz, layers, float32",
    "keras-2.npz, keras, float32",
    "keras-2.npz, layers, float32",
    "in-order.npz, order, float32",
  })
  void predictionsEqualThoseOfTheOtherProgram(String name, String rule, String expected)
      throws IOException {
    Weights reference = Weights.read(file("expected.npz"));
    INDArray x = reference.tensor("x");
    for (DataType type : List.of(DOUBLE, FLOAT)) {
      Network network = network(type);
      Weights.read(file(name)).into(network, map(rule));
      assertNear(
          network.predict(x.castTo(type)).castTo(DOUBLE),
          reference.tensor(expected),
          type == DOUBLE ? 1e-12 : 2e-6);
    }
  }

  @Test
  void nestedNetworksAreLoadedWithTheOuterOneOrAlone() throws IOException {
    Network plain = network(FLOAT);
    Network whole =
        Network.builder(4)
            .layer(
                Network.builder(4)
                    .dense(5)
                    .batchNormalization()
                    .activation(relu())
                    .dense(5)
                    .layerNormalization()
                    .spec())
            .activation(relu())
            .dense(3)
            .build();
    Weights weights = Weights.read(file("mlp.pt"));
    weights.into(plain, WeightMap.pyTorch());
    weights.into(whole, WeightMap.pyTorch());
    INDArray x = random(1, FLOAT, 3, 4);
    double[] expected = doubles(plain.predict(x));
    assertThat(doubles(whole.predict(x))).isEqualTo(expected);
    Network nested = (Network) whole.layers().get(0);
    nested.layers().get(0).parameters().forEach(parameter -> parameter.value().assign(0));
    weights.into(
        nested, WeightMap.pyTorch("fc1", "batch_norm", "fc2", "layer_norm").ignoring("fc3"));
    assertThat(doubles(whole.predict(x))).isEqualTo(expected);
  }

  @Test
  void frozenParametersAreSetAndStayFrozen() throws IOException {
    Network network = network(FLOAT);
    network.parameters().forEach(parameter -> parameter.freeze(true));
    Weights.read(file("mlp.pt")).into(network, WeightMap.pyTorch());
    Network other = network(FLOAT);
    Weights.read(file("mlp.pt")).into(other, WeightMap.pyTorch());
    assertThat(doubles(network.parameters().values()))
        .isEqualTo(doubles(other.parameters().values()));
    assertThat(network.parameters()).allMatch(Parameter::isFrozen);
  }

  @Test
  void tensorsAreListedWithShapeAndType() throws IOException {
    Weights weights = Weights.read(file("float16.safetensors"));
    assertThat(weights.names()).startsWith("batch_norm.bias", "batch_norm.running_mean");
    assertThat(weights.toString())
        .startsWith("batch_norm.bias [5] F16\nbatch_norm.running_mean [5] F16\n")
        .contains("\nfc1.weight [5, 4] F16\n");
    assertThat(Weights.read(file("mlp.pt")).names())
        .startsWith("fc1.weight", "fc1.bias", "batch_norm.weight", "batch_norm.bias");
    assertThatThrownBy(() -> weights.tensor("fc9"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("tensors: expected one named 'fc9', found only batch_norm.bias, ");
  }

  @Test
  void thePlanListsEachTensorAndItsParameter() throws IOException {
    Weights weights = Weights.read(file("mlp.pt"));
    assertThat(weights.plan(network(FLOAT), WeightMap.pyTorch()))
        .startsWith(
            """
            fc1.weight [5, 4] F32, transposed -> layers.0.weight [4, 5]
            fc1.bias [5] F32 -> layers.0.bias [5]
            batch_norm.weight [5] F32 -> layers.1.scale [5]
            batch_norm.bias [5] F32 -> layers.1.shift [5]
            batch_norm.running_mean [5] F32 -> layers.1.running_mean [5]
            batch_norm.running_var [5] F32 -> layers.1.running_variance [5]
            fc2.weight [5, 5] F32, transposed -> layers.3.weight [5, 5]
            """);
    assertThat(weights.plan(network(FLOAT), WeightMap.pyTorch().keeping("layers.6")))
        .endsWith("fc3.bias [3] F32: expected a parameter for it, found none");
  }

  private static String refusal(Weights weights, Network network, WeightMap map) {
    double[] before = doubles(network.parameters().values());
    Throwable refused = catchThrowable(() -> weights.into(network, map));
    assertThat(refused).isInstanceOf(ModelFormatException.class);
    assertThat(doubles(network.parameters().values())).isEqualTo(before);
    return String.valueOf(refused.getMessage());
  }

  @Test
  void allDifferencesAreNamedAtOnceAndNothingIsChanged() throws IOException {
    Weights weights = Weights.read(file("mlp.pt"));
    Network narrow =
        Network.builder(4)
            .dense(6)
            .batchNormalization()
            .dense(5)
            .layerNormalization()
            .dense(3)
            .dense(2)
            .build();
    assertThat(refusal(weights, narrow, WeightMap.pyTorch("fc1", "batch_norm", "fc2", "fc4")))
        .isEqualTo(
            "model file "
                + file("mlp.pt")
                + ", tensors: expected a tensor for each parameter and a parameter for each"
                + " tensor, found these differences:\n"
                + "  fc1.weight for layers.0.weight: expected [4, 6], found [4, 5] after"
                + " transposition\n"
                + "  fc1.bias for layers.0.bias: expected [6], found [5]\n"
                + "  batch_norm.weight for layers.1.scale: expected [6], found [5]\n"
                + "  batch_norm.bias for layers.1.shift: expected [6], found [5]\n"
                + "  batch_norm.running_mean for layers.1.running_mean: expected [6], found [5]\n"
                + "  batch_norm.running_var for layers.1.running_variance: expected [6], found"
                + " [5]\n"
                + "  fc2.weight for layers.2.weight: expected [6, 5], found [5, 5] after"
                + " transposition\n"
                + "  layers.3.scale [5]: expected tensor 'fc4.weight', found none\n"
                + "  layers.3.shift [5]: expected tensor 'fc4.bias', found none\n"
                + "  layers.4.weight [5, 3]: expected a tensor for it, found none\n"
                + "  layers.4.bias [3]: expected a tensor for it, found none\n"
                + "  layers.5.weight [3, 2]: expected a tensor for it, found none\n"
                + "  layers.5.bias [2]: expected a tensor for it, found none\n"
                + "  layer_norm.weight [5] F32: expected a parameter for it, found none\n"
                + "  layer_norm.bias [5] F32: expected a parameter for it, found none\n"
                + "  fc3.weight [3, 5] F32: expected a parameter for it, found none\n"
                + "  fc3.bias [3] F32: expected a parameter for it, found none\n"
                + "; change the WeightMap, its ignoring(tensors) or keeping(parameters); see"
                + " docs/troubleshooting.md#model-file");
  }

  @Test
  void aMapOfNamesTransposesIgnoresAndKeeps() throws IOException {
    Network network = Network.builder(4).dense(5).dense(3).build();
    double[] last = doubles(network.layers().get(1).parameters().get(0).value());
    Weights weights = Weights.read(file("mlp.pt"));
    weights.into(
        network,
        WeightMap.byName()
            .withTransposed("fc1.weight", "layers.0.weight")
            .with("batch_norm.running_mean", "layers.0.bias")
            .keeping("layers.1")
            .ignoring("fc1.bias", "batch_norm", "fc2", "layer_norm", "fc3"));
    assertThat(doubles(network.layers().get(0).parameters().get(0).value()))
        .isEqualTo(doubles(weights.tensor("fc1.weight").transpose()));
    assertThat(doubles(network.layers().get(0).parameters().get(1).value()))
        .isEqualTo(doubles(weights.tensor("batch_norm.running_mean")));
    assertThat(doubles(network.layers().get(1).parameters().get(0).value())).isEqualTo(last);
    assertThat(
            refusal(
                weights,
                network,
                WeightMap.byName()
                    .with("fc1.weight", "layers.0.weight")
                    .with("fc9", "layers.0.bias")
                    .with("fc1.bias", "layers.7.bias")
                    .keeping("layers.1")
                    .ignoring("batch_norm", "fc2", "layer_norm", "fc3")))
        .contains(
            """
            differences:
              fc1.weight for layers.0.weight: expected [4, 5], found [5, 4]
              layers.0.bias [5]: expected tensor 'fc9', found none
              layers.7.bias: expected a parameter, found none
              fc1.bias [5] F32: expected a parameter for it, found none
            ;""");
    WeightMap once = WeightMap.byName().with("a", "layers.0.bias");
    assertThatThrownBy(() -> once.with("b", "layers.0.bias"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "WeightMap: expected one tensor for layers.0.bias, found 'b' after another; assign"
                + " each parameter once");
  }

  @Test
  void aBeginningOfANameEndsAtADot() throws IOException {
    Network network = Network.builder(4).dense(5).build();
    assertThat(
            refusal(
                Weights.read(file("mlp.pt")),
                network,
                WeightMap.pyTorch("fc1").ignoring("batch", "fc", "batch_norm", "layer_norm")))
        .contains("differences:\n  fc2.weight [5, 5] F32: ");
  }

  @Test
  void namesOfTheNetworkNeedNoRule(@TempDir Path folder) throws IOException {
    Network network = Network.builder(2).dense(2).build();
    Path file = folder.resolve("own.safetensors");
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("layers.0.weight", Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}));
    tensors.put("layers.0.bias", Nd4j.createFromArray(5f, 6f));
    new Safetensors(tensors, Map.of()).write(file);
    Weights.read(file).into(network, WeightMap.byName());
    assertThat(doubles(network.parameters().values())).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aSafetensorsFileHasNoOrderOfLayers() throws IOException {
    Weights weights = Weights.read(file("mlp.safetensors"));
    Network network = network(FLOAT);
    for (WeightMap map : List.of(WeightMap.pyTorch(), WeightMap.keras(), WeightMap.inOrder())) {
      assertThatThrownBy(() -> weights.into(network, map))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Weights of "
                  + file("mlp.safetensors")
                  + ": expected the modules in the order of the layers, found none, for a file"
                  + " whose tensors are sorted by name; pass these in the order of the layers:"
                  + " \"batch_norm\", \"fc1\", \"fc2\", \"fc3\", \"layer_norm\"");
    }
  }

  @Test
  void numbersThatAreNotFiniteAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.safetensors");
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("weight", Nd4j.createFromArray(new double[][] {{1e300}}));
    tensors.put("bias", Nd4j.createFromArray(Float.NaN));
    new Safetensors(tensors, Map.of()).write(file);
    Weights weights = Weights.read(file);
    assertThat(refusal(weights, Network.builder(1).dense(1).build(), WeightMap.pyTorch("")))
        .contains("tensors: expected numbers that are finite as FLOAT, found these differences:\n")
        .contains("  weight [1, 1] F64\n  bias [1] F32\n;");
    Network wide = Network.builder(1).dense(1).dataType(DOUBLE).build();
    assertThat(refusal(weights, wide, WeightMap.pyTorch("")))
        .contains("as DOUBLE, found these differences:\n  bias [1] F32\n;");
  }

  @Test
  void integersAreNoWeights(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ints.safetensors");
    new Safetensors(Map.of("layers.0.bias", Nd4j.createFromArray(1, 2)), Map.of()).write(file);
    Network network = Network.builder(1).dense(2).build();
    assertThat(refusal(Weights.read(file), network, WeightMap.byName().keeping("layers.0.weight")))
        .contains("differences:\n  layers.0.bias: expected F64, F32, F16 or BF16, found I32\n;");
  }

  @Test
  void aClosedNetworkIsRefused() throws IOException {
    Network network = network(FLOAT);
    network.close();
    Weights weights = Weights.read(file("mlp.pt"));
    assertThatThrownBy(() -> weights.into(network, WeightMap.pyTorch()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found a closed one");
  }

  @Test
  void anotherFormatIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0});
    String expected =
        "model file "
            + file
            + ", byte 0: expected a safetensors file, a state_dict of PyTorch, or arrays of NumPy"
            + " (.npz, .npy), found ";
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(
            expected
                + "an HDF5 file; save arrays in Keras: numpy.savez(file, **{w.path: w.numpy() for"
                + " w in model.weights}); see");
    Files.write(file, new byte[] {(byte) 0x80, 4, (byte) 0x95, 9, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> Weights.read(file))
        .hasMessageStartingWith(
            expected
                + "a pickle; save tensors in PyTorch 1.6 or newer:"
                + " torch.save(model.state_dict(), file); see");
    Files.writeString(file, "GIF89a and so on");
    assertThatThrownBy(() -> Weights.read(file))
        .hasMessageContaining("pass a safetensors file, or copy this one again if it is cut off");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> Weights.read(file)).isInstanceOf(ModelFormatException.class);
    assertThatThrownBy(() -> Weights.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
