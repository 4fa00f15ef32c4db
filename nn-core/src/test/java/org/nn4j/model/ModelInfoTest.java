package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.persistence.ModelFiles;

/** Class labels that do not describe a network are refused when they are set. */
@SuppressWarnings("NullAway") // null is what is tested
class ModelInfoTest {
  private static final OptionalDouble NO_FILL = OptionalDouble.empty();

  @Test
  void labelsDifferAndAreNotBlank() {
    assertThatThrownBy(() -> ModelInfo.none().withClassLabels("cat", "dog", "cat"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ModelInfo: expected class labels that differ and are not blank, found 'cat' at index"
                + " 2, a duplicate; name each class differently");
    assertThatThrownBy(() -> ModelInfo.none().withClassLabels("cat", " "))
        .hasMessage(
            "ModelInfo: expected class labels that differ and are not blank, found ' ' at index 1;"
                + " name each class differently");
    assertThatThrownBy(() -> ModelInfo.none().withClassLabels("cat", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found null at index 1");
  }

  @Test
  void labelsAreAsManyAsOutputs() {
    Network three = Network.builder(2).dense(3).build();
    for (String[] labels : new String[][] {{"a"}, {"a", "b"}, {"a", "b", "c", "d"}}) {
      assertThatThrownBy(() -> three.setInfo(ModelInfo.none().withClassLabels(labels)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "ModelInfo: expected a class label for each output of the network, 3, found %s labels;"
                      .formatted(labels.length)
                  + " pass one label for each output, in the order of the outputs");
    }
    assertThat(three.info()).isEqualTo(ModelInfo.none());
    three.setInfo(ModelInfo.none().withClassLabels("a", "b", "c"));
    assertThat(ModelInfo.none().withClassLabels(List.of("a", "b", "c"))).isEqualTo(three.info());
    three.setInfo(ModelInfo.none());
    Network one = Network.builder(2).dense(1).build();
    one.setInfo(ModelInfo.none().withClassLabels("price"));
    one.setInfo(ModelInfo.none().withClassLabels("no", "yes"));
    assertThatThrownBy(() -> one.setInfo(ModelInfo.none().withClassLabels("a", "b", "c")))
        .hasMessageContaining("1, or 2 for the classes 0 and 1, found 3 labels");
  }

  @Test
  void whatNoModelFileHoldsIsRefusedBeforeTraining() {
    int inputs = 150_528;
    double[] numbers = new double[inputs];
    Arrays.setAll(numbers, i -> 1.5 + Math.sin(i));
    List<Double> many = Arrays.stream(numbers).boxed().toList();
    Network network = Network.builder(inputs).dense(1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> network.setInfo(ModelInfo.none().withInputScaling(new InputScaling(many, many))))
        .withMessageMatching(
            "ModelInfo: expected a scaling, features, labels, targets and notes of at most 5000000"
                + " characters in a model file, found \\d+; scale all elements alike,"
                + " InputStatistics.standardOverall\\(\\)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.setInfo(ModelInfo.none().withNote("a", "x".repeat(5_000_000))))
        .withMessageEndingWith("found 5000036; shorten the categories, names, labels or notes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.setInfo(ModelInfo.none().withNote("n".repeat(60_000), "")))
        .withMessage(
            "ModelInfo: expected names of notes of at most 50000 characters, found 60000; put long"
                + " texts into the note");
  }

  static Stream<ModelInfo> longInfos() {
    String half = "x".repeat(2_500_000);
    ModelInfo none = ModelInfo.none();
    return Stream.of(
        none.withFeatures(Features.of(List.of(new BooleanFeature(half + half, NO_FILL, false)))),
        none.withFeatures(
            Features.of(
                List.of(new CategoryFeature("c", List.of(half + half), UnknownCategory.ERROR)))),
        none.withFeatures(Features.of(List.of(new BooleanFeature(half, NO_FILL, false))))
            .withTargets(List.of(new TargetColumn(half, 0, 1))),
        none.withNote("a", "\"".repeat(2_500_000)),
        none.withNote("a", "\u0001".repeat(900_000)));
  }

  @ParameterizedTest
  @MethodSource("longInfos")
  void allPartsOfTheInformationCountAsTheyAreWritten(ModelInfo info) {
    Network network = Network.builder(1).dense(1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.setInfo(info))
        .withMessageMatching(
            "ModelInfo: expected .* of at most 5000000 characters in a model file, found \\d+;"
                + " shorten the categories, names, labels or notes");
  }

  @Test
  void theLongestInformationIsSavedAndLoaded(@TempDir Path folder) throws IOException {
    Network network = Network.builder(1).dense(1).build();
    int rest = ModelInfo.none().withNote("a", "").toSettings().toString().length();
    network.setInfo(ModelInfo.none().withNote("a", "x".repeat(5_000_000 - rest)));
    Path file = folder.resolve("long.safetensors");
    ModelFiles.save(network, file);
    assertThat(ModelFiles.load(file).info()).isEqualTo(network.info());
  }

  @Test
  void theLongestScalingOfAModelFileIsSavedAndLoaded(@TempDir Path folder) throws IOException {
    int inputs = 120_000;
    double[] numbers = new double[inputs];
    Arrays.setAll(numbers, i -> 1.5 + Math.sin(i));
    List<Double> many = Arrays.stream(numbers).boxed().toList();
    Network network = Network.builder(inputs).dense(1).build();
    network.setInfo(
        ModelInfo.none()
            .withInputScaling(new InputScaling(many, many))
            .withNote("n".repeat(50_000), "\"quoted\""));
    Path file = folder.resolve("large.safetensors");
    ModelFiles.save(network, file);
    assertThat(ModelFiles.load(file).info()).isEqualTo(network.info());
  }
}
