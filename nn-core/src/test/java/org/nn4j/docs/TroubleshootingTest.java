package org.nn4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.DivergedException;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Dataset;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;

/** Holds docs/troubleshooting.md to the messages that point to its sections. */
class TroubleshootingTest {
  private static Set<String> groups(String regex, String text) {
    return Document.find(regex, text).stream()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> anchors() {
    return groups("<a id=\"([a-z-]+)\"></a>", Document.read("docs/troubleshooting.md"));
  }

  /** All sources of the library and its examples, and the documents. */
  private static Set<String> mentioned() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Document.ROOT)) {
      files = all.filter(file -> isSource(file.toString().replace('\\', '/'))).toList();
    }
    return groups(
        "troubleshooting\\.md#([a-z-]+)",
        files.stream().map(Document::read).collect(Collectors.joining("\n")));
  }

  private static boolean isSource(String file) {
    return file.endsWith(".md") || (file.endsWith(".java") && file.contains("/src/main/"));
  }

  @Test
  void eachSectionThatIsMentionedExists() throws IOException {
    assertThat(mentioned())
        .contains("shape-mismatch", "diverged", "idx-file", "model-file", "no-backend")
        .contains("data-type", "backward-before-forward")
        .isSubsetOf(anchors());
  }

  @Test
  void theDocumentsOwnLinksLeadSomewhere() {
    assertThat(groups("\\(#([a-z-]+)\\)", Document.read("docs/troubleshooting.md")))
        .isEqualTo(anchors());
  }

  @Test
  void messagesEndWithTheirSection() {
    assertThatThrownBy(() -> Network.builder(28, 28).dense(10).build())
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage(
            "layer 1 of 1, Dense(10, identity): expected an input of one dimension, [in], found [28,"
                + " 28]; put a Flatten layer before it; see docs/troubleshooting.md#shape-mismatch");
    assertThat(new ModelFormatException("a", "byte 0", "8 bytes", "7", "copy it again"))
        .hasMessage(
            "model file a, byte 0: expected 8 bytes, found 7; copy it again;"
                + " see docs/troubleshooting.md#model-file");
    Network network = Network.builder(1).dense(1).build();
    Trainer trainer =
        Trainer.builder(network).loss(squaredError()).optimizer(sgd(1)).epochs(1).build();
    INDArray missing = Nd4j.createFromArray(new float[][] {{Float.NaN}});
    assertThatThrownBy(() -> trainer.fit(Dataset.of(missing, Nd4j.ones(DataType.FLOAT, 1, 1))))
        .isInstanceOf(DivergedException.class)
        .hasMessageEndingWith("; see docs/troubleshooting.md#diverged");
  }
}
