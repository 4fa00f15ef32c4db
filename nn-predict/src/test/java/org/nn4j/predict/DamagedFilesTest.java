package org.nn4j.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.activation.Activations;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.ModelRegistry;

/**
 * Whatever is wrong in a file is a {@link ModelFormatException}, and nothing is allocated for it.
 */
class DamagedFilesTest {
  private static byte[] model(Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(
        Network.builder(3, 2)
            .flatten()
            .dense(5, Activations.leakyRelu(0.1))
            .batchNormalization()
            .dropout(0.2)
            .layer(Network.builder(5).dense(4, Activations.gelu()).layerNormalization().spec())
            .dense(2, Activations.softmax())
            .seed(1)
            .build(),
        file);
    return Files.readAllBytes(file);
  }

  /** A file of format 2: each kind of feature, and class labels or targets. */
  private static byte[] modelWithFeatures(Path folder, boolean isClassifier) throws IOException {
    Features features =
        Features.of(
            List.of(
                new NumberFeature(
                    "age",
                    new NumberFeature.Bounds(18, 90),
                    44.7,
                    17.3,
                    OptionalDouble.of(3),
                    true),
                new BooleanFeature("online", OptionalDouble.empty(), false),
                new CategoryFeature("plan", List.of("basic", "pro"), UnknownCategory.ERROR),
                new CategoryFeature("city", List.of("Rome", "Oslo"), UnknownCategory.ZEROS)));
    Network network =
        Network.builder(7)
            .dense(3, isClassifier ? Activations.softmax() : Activations.identity())
            .seed(1)
            .build();
    ModelInfo info = ModelInfo.none().withFeatures(features).withNote("title", "test");
    network.setInfo(
        isClassifier
            ? info.withClassLabels("low", "mid", "high")
            : info.withTargets(
                List.of(
                    new TargetColumn("rent", 812.5, 240.25),
                    new TargetColumn("area", -3, 7),
                    TargetColumn.unscaled("rooms"))));
    Path file = folder.resolve("features.safetensors");
    ModelFiles.save(network, file);
    return Files.readAllBytes(file);
  }

  /** Run once with 100,000 files, {@code -Dnn4j.fuzz=100000}. */
  @Test
  void mutatedFilesAreReadOrRefused(@TempDir Path folder) throws IOException {
    checkMutations(
        model(folder),
        file -> {
          Predictor predictor = Predictor.load(file);
          assertThat(predictor.predict(new float[predictor.inputSize()]))
              .hasSize(predictor.outputSize());
        });
  }

  @Test
  void mutatedClassifiersAreReadOrRefused(@TempDir Path folder) throws IOException {
    checkMutations(
        modelWithFeatures(folder, true),
        file -> {
          Classifier classifier = Classifier.load(file);
          predict(classifier, answer -> assertThat(answer.probabilities()).hasSize(3));
        });
  }

  @Test
  void mutatedRegressorsAreReadOrRefused(@TempDir Path folder) throws IOException {
    checkMutations(
        modelWithFeatures(folder, false),
        file -> {
          Regressor regressor = Regressor.load(file);
          predict(regressor, estimate -> assertThat(estimate.values()).hasSize(3));
        });
  }

  /** A row that the file refuses is allowed: the names of its categories may have changed. */
  private static <A> void predict(Estimator<A> estimator, Consumer<A> check) {
    A answer;
    try {
      answer = estimator.predict(Arrays.asList(33, true, "pro", "Oslo"));
    } catch (FeatureException e) {
      return;
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("expected finite outputs of the network");
      return;
    }
    check.accept(answer);
  }

  /** What is done with a file. */
  private interface Use {
    void of(byte[] file) throws ModelFormatException;
  }

  private static void checkMutations(byte[] sound, Use use) {
    byte[] open = withoutChecksum(sound); // deeper checks are reached
    Random random = new Random(5);
    int refused = 0;
    int files = Integer.getInteger("nn4j.fuzz", 3000);
    for (int i = 0; i < files; i++) {
      byte[] file = mutated(random.nextInt(4) == 0 ? sound : open, random);
      try {
        use.of(file);
      } catch (ModelFormatException e) {
        assertThat(e.getMessage())
            .hasSizeLessThan(1000)
            .matches("(?s)model file in memory, .+: expected .+, found .*; .+");
        refused++;
      }
    }
    assertThat(refused).isBetween(files / 3, files - 1);
  }

  /** What nn-core loads is loaded, and an {@code info} that nn-core refuses is refused. */
  @Test
  void mutatedFilesAreReadAsInCore(@TempDir Path folder) throws IOException {
    byte[] open = withoutChecksum(modelWithFeatures(folder, true));
    Random random = new Random(7);
    int loaded = 0;
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] file = mutated(open, random);
      try {
        ModelFiles.load(new ByteArrayInputStream(file), ModelRegistry.standard()).close();
        Predictor.load(file);
        loaded++;
      } catch (org.nn4j.io.ModelFormatException e) {
        if (e.place().equals("metadata 'info'")) {
          assertThatThrownBy(() -> Predictor.load(file)).isInstanceOf(ModelFormatException.class);
          refused++;
        }
      }
    }
    assertThat(loaded).isGreaterThan(20);
    assertThat(refused).isGreaterThan(20);
  }

  private static byte[] withoutChecksum(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1)
        .replace("nn4j_crc32", "nn4j_crc33")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] mutated(byte[] sound, Random random) {
    byte[] file = sound.clone();
    int header = 8 + (file[0] & 0xff) + 256 * (file[1] & 0xff);
    for (int k = random.nextInt(3); k >= 0; k--) {
      int at = random.nextInt(random.nextInt(8) == 0 ? file.length : header);
      switch (random.nextInt(5)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) "0123456789-+.eE[]{}\",:\\ tfn".charAt(random.nextInt(27));
        case 2 -> {
          int from = random.nextInt(header);
          int length = Math.min(random.nextInt(40), file.length - Math.max(at, from));
          System.arraycopy(sound, from, file, at, Math.max(0, length));
        }
        case 3 -> file = Arrays.copyOf(file, random.nextInt(4) == 0 ? at : file.length);
        default -> file[at] = (byte) ('0' + random.nextInt(10));
      }
      header = Math.min(header, file.length);
      if (header == 0) {
        return file;
      }
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "[2000000000] | {\"type\":\"Dropout\",\"rate\":0.5,\"seed\":1,\"output\":[2]} | [2]"
            + " | layers.0.output: expected the shape of the input",
        "[70000,70000] | {\"type\":\"Flatten\",\"output\":[1]} | [1]"
            + " | input: expected at most 2^31 - 1 elements",
        "[4] | {\"type\":\"Dense\",\"units\":900000000,\"activation\":{\"type\":\"relu\"},"
            + "\"output\":[900000000]} | [900000000] | expected F32 [4, 900000000], found none",
        "[4] | {\"type\":\"Activation\",\"activation\":{\"type\":\"relu\",\"x\":1},\"output\":[4]}"
            + " | [4] | expected the settings [], found [x]",
        "[4] | {\"type\":\"Activation\",\"activation\":7,\"output\":[4]} | [4]"
            + " | layers.0.activation: expected an object, found 7",
        "[4] | {\"type\":\"Flatten\",\"output\":[4]} | [5]"
            + " | output: expected the output of its last layer, [4], found [5]",
        "[0] | {\"type\":\"Flatten\",\"output\":[4]} | [4]"
            + " | input: expected whole numbers from 1 to 2^31 - 1, found 0",
        "[4.5] | {\"type\":\"Flatten\",\"output\":[4]} | [4]"
            + " | input: expected whole numbers from 1 to 2^31 - 1, found 4.5",
      })
  void architecturesThatCannotBeAreRefused(
      String input, String layer, String output, String message) {
    byte[] file = Models.withArchitecture(Models.network(input, layer, output));
    assertThatThrownBy(() -> Predictor.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  /** In files without a checksum. */
  @ParameterizedTest
  @ValueSource(strings = {"slope", "alpha", "rate", "epsilon", "momentum"})
  void settingsThatCoreRefusesAreRefused(String setting, @TempDir Path folder) throws IOException {
    Network network =
        Network.builder(3)
            .dense(3, Activations.leakyRelu(0.2))
            .batchNormalization()
            .dense(3, Activations.elu(0.7))
            .layerNormalization()
            .dropout(0.3)
            .build();
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(network, file);
    byte[] bytes = Files.readAllBytes(file);
    int length = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header =
        new String(bytes, 8, length - 8, UTF_8)
            .strip()
            .replaceAll(",?\"nn4j_crc32\":\"[^\"]*\"", "");
    byte[] data = Arrays.copyOfRange(bytes, length, bytes.length);
    int accepted = 0;
    for (String value :
        ("-1 -0.0 -1e-300 0 1e-300 0.5 1 1.0000001 2 1e300 1e999 2712847316834987123 true null"
                + " 0.1000000000000000055511151231257827 [1]")
            .split(" ", -1)) {
      String changed = header.replaceAll("(\\\\\"" + setting + "\\\\\":)[-0-9.eE]+", "$1" + value);
      assertThat(changed).contains(setting + "\\\":" + value);
      byte[] damaged = Models.file(changed + " ".repeat((8 - changed.length() % 8) % 8), data);
      Files.write(file, damaged);
      Throwable core = catchThrowable(() -> ModelFiles.load(file).close());
      Throwable own = catchThrowable(() -> Predictor.load(file));
      assertThat(own == null)
          .as("%s %s: %s, %s", setting, value, core, own)
          .isEqualTo(core == null);
      if (own != null) {
        assertThat(own).isInstanceOf(ModelFormatException.class);
      }
      accepted += own == null ? 1 : 0;
    }
    assertThat(accepted).isPositive();
  }

  @Test
  void hugeNetworksWithoutParametersTakeNoMemory() throws ModelFormatException {
    Predictor predictor =
        Predictor.load(
            Models.withArchitecture(
                Models.network(
                    "[2000000000]",
                    "{\"type\":\"Flatten\",\"output\":[2000000000]}",
                    "[2000000000]")));
    assertThatThrownBy(() -> predictor.predict(new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"type\":\"Network\",\"layers\":[".repeat(50_000);
    assertThatThrownBy(() -> Predictor.load(Models.withArchitecture(deep)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("nesting deeper than 200");
  }

  @Test
  void weightsBeyondTheRangeOfFloatsAreRefused(@TempDir Path folder) throws IOException {
    Network network = Network.builder(1).dense(1).dataType(DataType.DOUBLE).build();
    network.parameters().get(0).value().assign(-1e39);
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(network, file);
    assertThatThrownBy(() -> Predictor.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(
            "tensor 'layers.0.weight': expected numbers that are finite as FLOAT, found -1.0E39;"
                + " load it with nn-core, which computes in DOUBLE");
  }

  @Test
  void aNewerFormatIsRefused(@TempDir Path folder) throws IOException {
    byte[] newer =
        new String(model(folder), StandardCharsets.ISO_8859_1)
            .replace("\"format_version\":\"1\"", "\"format_version\":\"9\"")
            .replace("nn4j_crc32", "nn4j_crc33")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Predictor.load(newer))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("metadata 'format_version': expected '1' or '2', found '9'");
  }

  @Test
  void eachCutFileIsRefused(@TempDir Path folder) throws IOException {
    byte[] sound = model(folder);
    for (int length = 0; length < sound.length; length += 7) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> Predictor.load(cut)).isInstanceOf(ModelFormatException.class);
    }
  }
}
