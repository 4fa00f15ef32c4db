package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.InputScaling;
import org.nn4j.persistence.ModelFiles;

/** Class labels that do not describe a network are refused when they are set. */
@SuppressWarnings("NullAway") // null is what is tested
class ModelInfoTest {
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
            "ModelInfo: expected a scaling, labels and notes of at most 4900000 characters in a"
                + " model file, found \\d+; scale all elements alike,"
                + " InputStatistics.standardOverall\\(\\)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.setInfo(ModelInfo.none().withNote("a", "x".repeat(5_000_000))))
        .withMessageEndingWith("found 5000007; shorten the labels or the notes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.setInfo(ModelInfo.none().withNote("n".repeat(60_000), "")))
        .withMessage(
            "ModelInfo: expected names of notes of at most 50000 characters, found 60000; put long"
                + " texts into the note");
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
