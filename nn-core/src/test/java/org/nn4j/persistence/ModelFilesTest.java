package org.nn4j.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.tanh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Parameter;
import org.nn4j.data.InputScaling;
import org.nn4j.internal.PassMemory;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Safetensors;
import org.nn4j.io.Settings;
import org.nn4j.model.Forgetful;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

class ModelFilesTest {
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void aLoadedNetworkPredictsTheSameBits(DataType type, @TempDir Path folder) throws IOException {
    Network network = Pieces.everyLayer(type);
    Path file = folder.resolve("net.safetensors");
    ModelFiles.save(network, file);

    Network loaded = ModelFiles.load(file);

    INDArray x = random(1, type, 9, 2, 3);
    assertThat(doubles(loaded.predict(x))).isEqualTo(doubles(network.predict(x)));
    assertThat(loaded).hasToString(network.toString());
    assertThat(loaded.dataType()).isEqualTo(type);
    // Dropout draws the same masks from the same seed.
    PassMemory.of(network.trainingPass()).restoreStates(new IdentityHashMap<>());
    assertThat(doubles(loaded.forward(x, loaded.trainingPass())))
        .isEqualTo(doubles(network.forward(x, network.trainingPass())));
  }

  @Test
  void tensorsAndMetadataHaveTheNamesThatTheDocumentationSays(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("net.safetensors");
    Network network =
        Network.builder(3)
            .dense(2, relu())
            .layer(Network.builder(2).batchNormalization().dense(1, sigmoid()).spec())
            .build();
    ModelFiles.save(network, file);

    Safetensors content = Safetensors.read(file);
    assertThat(content.tensors())
        .containsOnlyKeys(
            "layers.0.weight",
            "layers.0.bias",
            "layers.1.layers.0.scale",
            "layers.1.layers.0.shift",
            "layers.1.layers.0.running_mean",
            "layers.1.layers.0.running_variance",
            "layers.1.layers.1.weight",
            "layers.1.layers.1.bias");
    assertThat(content.tensors().get("layers.0.weight"))
        .satisfies(weight -> assertThat(weight.shape()).containsExactly(3, 2));
    assertThat(content.metadata())
        .containsEntry("format", "nn4j")
        .containsEntry("format_version", "1")
        .containsEntry("dtype", "F32")
        .containsEntry(
            "architecture",
            """
            {"type":"Network","input":[3],"layers":[\
            {"type":"Dense","units":2,"activation":{"type":"relu"},"output":[2]},\
            {"type":"Network","input":[2],"layers":[\
            {"type":"BatchNormalization","epsilon":1.0E-5,"momentum":0.1,"output":[2]},\
            {"type":"Dense","units":1,"activation":{"type":"sigmoid"},"output":[1]}],\
            "output":[1]}],"output":[1]}""");
    assertThat(content.metadata().get("library_version")).matches("\\d+\\.\\d+.*");
  }

  @Test
  void informationAndFrozenParametersAreKept(@TempDir Path folder) throws IOException {
    Network network = Network.builder(2).dense(2, relu()).dense(2, sigmoid()).build();
    network.layers().get(0).freeze(true);
    ModelInfo info =
        ModelInfo.none()
            .withClassLabels("cat", "dog")
            .withInputScaling(new InputScaling(List.of(1.5, -2.0), List.of(0.1, 3.0)))
            .withNote("title", "Über \"pets\"");
    network.setInfo(info);
    Path file = folder.resolve("x");
    ModelFiles.save(network, file);

    Network loaded = ModelFiles.load(file);

    assertThat(loaded.info()).isEqualTo(info);
    assertThat(loaded.parameters())
        .extracting(Parameter::isFrozen)
        .containsExactly(true, true, false, false);
    InputScaling scaling = loaded.info().inputScaling().orElseThrow();
    INDArray raw = random(1, FLOAT, 3, 2);
    INDArray scaled = scaling.apply(raw);
    assertThat(scaled.getDouble(2, 1)).isEqualTo((raw.getDouble(2, 1) + 2) / 3, within());
    assertThat(InputScaling.divideBy(255).apply(raw).getDouble(0, 0))
        .isEqualTo(raw.getDouble(0, 0) / 255, within());
    assertThatThrownBy(
            () ->
                network.setInfo(
                    ModelInfo.none()
                        .withInputScaling(
                            new InputScaling(List.of(1., 2., 3.), List.of(1., 2., 3.)))))
        .hasMessageContaining("one mean, or one for each element of the input [2], found 3");
    assertThatThrownBy(() -> InputScaling.divideBy(0)).hasMessageContaining("not 0");
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(1e-6);
  }

  @Test
  void informationTravelsAsSettings() {
    ModelInfo info =
        ModelInfo.none()
            .withInputScaling(InputScaling.divideBy(255))
            .withClassLabels("cat", "dog")
            .withNote("license", "CC0");
    Settings settings = info.toSettings();
    assertThat(settings.getList("class_labels", String.class)).containsExactly("cat", "dog");
    assertThat(ModelInfo.of(Settings.parse(settings.toString()))).isEqualTo(info);
    assertThatThrownBy(() -> ModelInfo.of(settings.with("more", 1)))
        .hasMessageStartingWith(
            "ModelInfo: expected input_scaling, features, class_labels, targets and notes alone,"
                + " found {");
  }

  @Test
  void aUsersOwnLayerJoinsThroughTheRegistry(@TempDir Path folder) throws IOException {
    Network network = Pieces.withGain();
    Path file = folder.resolve("x");
    assertThatThrownBy(() -> ModelFiles.save(network, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ModelRegistry: expected a registered class, found org.nn4j.persistence.Pieces$Gain; add it"
                + " with ModelRegistry.standard().withLayer(...) and save with that registry");
    assertThat(file).doesNotExist();

    ModelFiles.save(network, file, Pieces.REGISTRY);

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("org.nn4j");
    INDArray x = random(1, FLOAT, 4, 3);
    assertThat(doubles(ModelFiles.load(file, Pieces.REGISTRY).predict(x)))
        .isEqualTo(doubles(network.predict(x)));
    assertThat(
            doubles(
                ModelFiles.load(new ByteArrayInputStream(Files.readAllBytes(file)), Pieces.REGISTRY)
                    .predict(x)))
        .isEqualTo(doubles(network.predict(x)));
    assertThatThrownBy(() -> ModelFiles.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(
            "found 'test.Gain'; add it with ModelRegistry.standard().withLayer(\"test.Gain\", ...)"
                + " and load with that registry");
  }

  /** σ(z) = z + shift. */
  record Shifted(double shift) implements Activation {
    @Override
    public void forward(INDArray z, INDArray a) {
      a.assign(z.add(shift));
    }

    @Override
    public void backward(INDArray dA, INDArray kept, INDArray dZ) {
      dZ.assign(dA);
    }
  }

  @Test
  void aUsersOwnActivationJoinsThroughTheRegistry(@TempDir Path folder) throws IOException {
    ModelRegistry registry =
        ModelRegistry.standard()
            .withActivation(
                "test.shifted",
                Shifted.class,
                a -> Settings.none().with("shift", a.shift()),
                settings -> new Shifted(settings.getDouble("shift")));
    Network network = Network.builder(2).dense(2, new Shifted(0.5)).build();
    Path file = folder.resolve("x");
    assertThatThrownBy(() -> ModelFiles.save(network, file))
        .hasMessageContaining("withActivation(...)");
    ModelFiles.save(network, file, registry);
    assertThat(ModelFiles.load(file, registry).activation()).isEqualTo(new Shifted(0.5));
    assertThatThrownBy(() -> ModelFiles.load(file))
        .hasMessageContaining("withActivation(\"test.shi");
  }

  @Test
  void aNameOrClassIsRegisteredOnce() {
    assertThatThrownBy(
            () ->
                ModelRegistry.standard()
                    .withLayer(
                        "Dense", Pieces.Gain.class, (g, r) -> Settings.none(), (s, r) -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beside 'Dense'");
    assertThatThrownBy(
            () ->
                Pieces.REGISTRY.withLayer(
                    "other", Pieces.Gain.class, (g, r) -> Settings.none(), (s, r) -> null))
        .hasMessageContaining("beside 'test.Gain'");
  }

  private static void edit(Path file, String key, UnaryOperator<String> change) throws IOException {
    Safetensors content = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.computeIfPresent(key, (k, text) -> change.apply(text));
    new Safetensors(content.tensors(), metadata).write(file);
  }

  private static Path saved(Path folder) throws IOException {
    Path file = folder.resolve("net");
    ModelFiles.save(
        Network.builder(4).dense(3, tanh()).dropout(0.5).batchNormalization().dense(2).build(),
        file);
    return file;
  }

  private static void refused(Path file, String... complaints) {
    assertThatThrownBy(() -> ModelFiles.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("model file " + file)
        .message()
        .contains(complaints);
  }

  @Test
  void allDifferencesFromTheArchitectureAreListedAtOnce(@TempDir Path folder) throws IOException {
    Path file = saved(folder);
    Safetensors content = Safetensors.read(file);
    Map<String, INDArray> tensors = new LinkedHashMap<>(content.tensors());
    tensors.put("layers.0.weight", random(1, FLOAT, 4, 5));
    tensors.put("layers.2.scale", random(1, DOUBLE, 3));
    tensors.remove("layers.3.bias");
    tensors.put("layers.9.weight", random(1, FLOAT, 1));
    new Safetensors(tensors, content.metadata()).write(file);
    refused(
        file,
        "layers.0.weight: expected [4, 3] of FLOAT, found [4, 5] of FLOAT\n",
        "layers.2.scale: expected [3] of FLOAT, found [3] of DOUBLE\n",
        "layers.3.bias: expected [2] of FLOAT, found none\n",
        "layers.9.weight: expected none, found [1] of FLOAT\n");
  }

  @Test
  void aLyingArchitectureIsRefusedBeforeAnythingIsBuilt(@TempDir Path folder) throws IOException {
    Path file = saved(folder);
    edit(file, "architecture", text -> text.replace("[4]", "[2000000000,2000000000]"));
    refused(file, "layers.0.weight: expected [4000000000000000000, 3]");
    file = saved(folder);
    edit(file, "architecture", text -> text.replace("\"units\":3", "\"units\":2000000000"));
    refused(file, "layers.0.weight: expected [4, 2000000000] of FLOAT, found [4, 3] of FLOAT");
    file = saved(folder);
    edit(file, "architecture", text -> text.replaceFirst("\"output\":\\[3\\]", "\"output\":[7]"));
    refused(file, "Dense(4 -> 3, tanh): expected the output shape [7] in its settings");
    file = saved(folder);
    edit(file, "architecture", text -> text.replace("\"rate\":0.5", "\"rate\":1.5"));
    refused(file, "Dropout: expected a rate in [0, 1), found 1.5");
    file = saved(folder);
    edit(file, "architecture", text -> text.replace("\"rate\":0.5", "\"rate\":0.5,\"spare\":1"));
    refused(file, "layers.1.spare: expected none, found 1");
    file = saved(folder);
    edit(file, "architecture", text -> text.replace("Dense", "java.lang.Runtime"));
    refused(file, "a registered type of layer, found 'java.lang.Runtime'");
  }

  @Test
  void metadataIsReadStrictly(@TempDir Path folder) throws IOException {
    Path file = saved(folder);
    edit(file, "format_version", text -> "3");
    refused(file, "metadata 'format_version': expected '1' or '2', found '3' of library version");
    file = saved(folder);
    edit(file, "format", text -> "pt");
    refused(file, "metadata 'format': expected 'nn4j', found 'pt'; read the tensors of other");
    file = saved(folder);
    edit(file, "dtype", text -> "F16");
    refused(file, "metadata 'dtype'", "'F16'");
    file = saved(folder);
    edit(file, "architecture", text -> null);
    refused(file, "metadata 'architecture': expected what ModelFiles.save writes, found none");
    file = saved(folder);
    edit(file, "info", text -> "{}");
    refused(file, "metadata 'info'");
    file = saved(folder);
    edit(file, "training", text -> "{\"frozen\":[\"layers.7.weight\"]}");
    refused(file, "names of parameters, found [layers.7.weight]");
  }

  @Test
  void aFailingSaveLeavesTheOldFile(@TempDir Path folder) throws IOException {
    Path file = saved(folder);
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> ModelFiles.save(Pieces.withGain(), file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> ModelFiles.save(Pieces.everyLayer(FLOAT), folder.resolve("no/such/folder")))
        .isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void parametersOfOneNameInALayerAreRefused(@TempDir Path folder) {
    Network twice =
        Network.builder(2)
            .layer(
                (in, type, random) -> new Forgetful(Network.builder(2).dense(2).dense(2).build()))
            .build();
    assertThatThrownBy(() -> ModelFiles.copies(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters with distinct names, found 'weight' twice");
  }

  @Test
  void aCopyIsIndependent() {
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      Network network = Pieces.everyLayer(type);
      network.layers().get(5).freeze(true);
      network.setInfo(ModelInfo.none().withNote("a", "b"));
      Network copy = network.copy();
      INDArray x = random(1, type, 4, 2, 3);
      double[] before = doubles(network.predict(x));
      assertThat(doubles(copy.predict(x))).isEqualTo(before);
      assertThat(copy.info()).isEqualTo(network.info());
      assertThat(copy.layers().get(5).parameters()).allMatch(Parameter::isFrozen);
      assertThat(copy.parameters().gradients().sumNumber().doubleValue()).isZero();
      assertThat(doubles(copy.forward(x, copy.trainingPass())))
          .isEqualTo(doubles(network.copy().forward(x, network.copy().trainingPass())));

      copy.parameters().values().addi(1);
      copy.layers().get(5).freeze(false);
      assertThat(doubles(network.predict(x))).isEqualTo(before);
      assertThat(network.layers().get(5).parameters()).allMatch(Parameter::isFrozen);
    }
    Network custom = Pieces.withGain();
    assertThat(doubles(custom.copy().parameters().values()))
        .isEqualTo(doubles(custom.parameters().values()));
    Network logits = Pieces.everyLayer(FLOAT).withoutActivation();
    INDArray x = random(1, FLOAT, 4, 2, 3);
    assertThat(doubles(logits.copy().predict(x))).isEqualTo(doubles(logits.predict(x)));
  }

  @Test
  void aNetworkWithoutParametersIsSavedToo(@TempDir Path folder) throws IOException {
    Network network = Network.builder(2, 2).flatten().activation(relu()).build();
    Path file = folder.resolve("x");
    ModelFiles.save(network, file);
    INDArray x = random(1, FLOAT, 1, 2, 2);
    assertThat(doubles(ModelFiles.load(file).predict(x))).isEqualTo(doubles(network.predict(x)));
    assertThat(doubles(network.copy().predict(x))).isEqualTo(doubles(network.predict(x)));
  }
}
