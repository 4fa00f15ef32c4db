package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.activation.Activations;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.persistence.ModelFiles;

/** The outputs are those of nn-core, for each layer and activation that nn-core has. */
class SameAnswersTest {
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activations.identity(),
          Activations.sigmoid(),
          Activations.tanh(),
          Activations.relu(),
          Activations.leakyRelu(0.2),
          Activations.elu(0.7),
          Activations.gelu(),
          Activations.silu(),
          Activations.softplus(),
          Activations.softmax());

  private static final int NETWORKS = 60;

  @TempDir private Path folder;

  private Network network(int seed, DataType type) {
    Random random = new Random(seed);
    boolean isMatrix = random.nextBoolean();
    NetworkBuilder builder = isMatrix ? Network.builder(3, 4) : Network.builder(12);
    if (isMatrix) {
      builder.activation(ACTIVATIONS.get(seed % ACTIVATIONS.size())).flatten();
    }
    int layers = 1 + random.nextInt(4);
    for (int i = 0; i < layers; i++) {
      builder.dense(1 + random.nextInt(40), ACTIVATIONS.get((seed + i) % ACTIVATIONS.size()));
      switch (random.nextInt(5)) {
        case 0 -> builder.batchNormalization();
        case 1 -> builder.layerNormalization();
        case 2 -> builder.dropout(0.3);
        case 3 -> builder.activation(ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size())));
        default -> {}
      }
    }
    Network network = builder.dataType(type).seed(seed).build();
    for (int i = 0; i < network.parameters().size(); i++) { // statistics and shifts other than 0, 1
      INDArray value = network.parameters().get(i).value();
      boolean isVariance = network.parameters().get(i).name().equals("running_variance");
      double[] shifts = random.doubles(value.length(), 0, isVariance ? 2 : 0.4).toArray();
      value.addi(Nd4j.createFromArray(shifts).castTo(type).reshape('c', value.shape()));
    }
    return network;
  }

  @Test
  void ofRandomNetworks() throws IOException {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Network network = network(seed, seed % 3 == 0 ? DataType.DOUBLE : DataType.FLOAT);
      Path file = folder.resolve("random.safetensors");
      ModelFiles.save(network, file);
      Predictor predictor = Predictor.load(file);
      Random random = new Random(seed);
      int rows = 1 + random.nextInt(20);
      float[] inputs = new float[rows * 12];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian() * 3;
      }
      INDArray x =
          Nd4j.createFromArray(inputs)
              .reshape('c', network.inputShape().withBatch(rows))
              .castTo(network.dataType());
      float[] expected = network.predict(x).castTo(DataType.FLOAT).ravel().toFloatVector();
      float[] found = new float[expected.length];
      predictor.predict(inputs, rows, found);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i])
            .as("%s, seed %d, output %d", network, seed, i)
            .isCloseTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }

  @Test
  void ofNetworksWithinNetworks() throws IOException {
    Network network =
        Network.builder(5)
            .layer(Network.builder(5).dense(7, Activations.tanh()).layerNormalization().spec())
            .dense(2)
            .seed(1)
            .build();
    Path file = folder.resolve("nested.safetensors");
    ModelFiles.save(network, file);
    float[] input = {1, 2, 3, 4, 5};
    float[] expected =
        network.predict(Nd4j.createFromArray(new float[][] {input})).ravel().toFloatVector();
    assertThat(Predictor.load(file).predict(input)).containsExactly(expected, within(1e-6f));
  }

  /** Fails when nn-core gains an activation that this test, and so the predictor, lacks. */
  @Test
  void ofEachActivationOfTheLibrary() throws IOException, URISyntaxException {
    Set<String> tested = new TreeSet<>();
    ACTIVATIONS.forEach(activation -> tested.add(activation.getClass().getSimpleName()));
    assertThat(implementations("activation", Activation.class)).isEqualTo(tested);
  }

  /** Fails when nn-core gains a layer that the random networks, and so the predictor, lack. */
  @Test
  void ofEachLayerOfTheLibrary() throws IOException, URISyntaxException {
    Set<String> tested = new TreeSet<>();
    for (int seed = 0; seed < NETWORKS; seed++) {
      network(seed, DataType.FLOAT)
          .layers()
          .forEach(layer -> tested.add(layer.getClass().getSimpleName()));
    }
    assertThat(implementations("layer", Layer.class)).isEqualTo(tested);
  }

  private static Set<String> implementations(String folder, Class<?> contract)
      throws IOException, URISyntaxException {
    Path place = Path.of(contract.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return implementations(place.resolve("org/nn4j").resolve(folder), folder, contract);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
      return implementations(jar.getPath("org/nn4j", folder), folder, contract);
    }
  }

  private static Set<String> implementations(Path classes, String folder, Class<?> contract)
      throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    Set<String> found = new TreeSet<>();
    for (String name : names) {
      String simple = name.replace(".class", "");
      if (name.endsWith(".class") && !simple.contains("$") && !simple.equals("package-info")) {
        Class<?> type = load("org.nn4j." + folder + "." + simple);
        if (contract.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
          found.add(simple);
        }
      }
    }
    return found;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, SameAnswersTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
