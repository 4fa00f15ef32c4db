package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
}
