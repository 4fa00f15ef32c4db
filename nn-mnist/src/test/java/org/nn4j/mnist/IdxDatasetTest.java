package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;

class IdxDatasetTest {
  private final Path images;
  private final Path labels;

  IdxDatasetTest(@TempDir Path directory) {
    this.images = directory.resolve("images.gz");
    this.labels = directory.resolve("labels");
  }

  @Test
  void pixelsOfAnySizeAndRankBecomeRows() throws IOException {
    Idx.of(ElementType.UBYTE, new double[] {0, 51, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8}, 2, 1, 2, 3)
        .write(images);
    Idx.of(ElementType.SHORT, new double[] {300, 2}, 2).write(labels);
    Dataset data = IdxDataset.load(images, labels);
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.inputShape()).isEqualTo(Shape.of(6));
    assertThat(data.targetShape()).isEqualTo(Shape.of(301));
    assertThat(inputs(data)[0]).containsExactly(0, 0.2, 1, 0, 1 / 255.0, 2 / 255.0);
  }

  @Test
  void otherElementsAreTakenAsTheyAre() throws IOException {
    Idx.of(ElementType.FLOAT, new double[] {0.5, -3, 7, 300}, 2, 2).write(images);
    Idx.of(ElementType.UBYTE, new double[] {1, 0}, 2).write(labels);
    Dataset data = IdxDataset.load(images, labels, 4);
    assertThat(data.targetShape()).isEqualTo(Shape.of(4));
    assertThat(inputs(data)).isDeepEqualTo(new double[][] {{0.5, -3}, {7, 300}});
  }

  @Test
  void whatIsNoNumberIsRefusedWithItsPlace() throws IOException {
    Idx.of(ElementType.DOUBLE, new double[] {1, Double.NaN}, 1, 2).write(images);
    Idx.of(ElementType.UBYTE, new double[] {0}, 1).write(labels);
    refuses("IDX file " + images + ", byte 20 of its content: expected finite numbers, found NaN");
  }

  @Test
  void labelsOutOfRangeAreRefusedWithTheirPlace() throws IOException {
    Idx.of(ElementType.UBYTE, new double[] {1, 2}, 2, 1).write(images);
    Idx.of(ElementType.INT, new double[] {0, -1}, 2).write(labels);
    refuses(
        "IDX file "
            + labels
            + ", byte 12 of its content: expected labels from 0 to 65535,"
            + " found -1 for sample 1");
    Idx.of(ElementType.INT, new double[] {5, 70_000}, 2).write(labels);
    refuses("found 70000 for sample 1");
    assertThat(IdxDataset.load(images, labels, 70_001).targetShape()).isEqualTo(Shape.of(70_001));
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> IdxDataset.load(images, labels, 5))
        .withMessageContaining("expected labels from 0 to 4, found 5 for sample 0");
  }

  @Test
  void filesOfAnotherFormAreRefused() throws IOException {
    Idx.of(ElementType.UBYTE, new double[] {1, 2}, 2).write(images);
    Idx.of(ElementType.FLOAT, new double[] {0, 1}, 2).write(labels);
    refuses("expected rank 2 or more [samples, ...], found rank 1");
    Idx.of(ElementType.UBYTE, new double[] {1, 2}, 2, 1).write(images);
    refuses("expected labels that are integers, found FLOAT");
    Idx.of(ElementType.UBYTE, new double[] {0, 1}, 2, 1).write(labels);
    refuses("expected rank 1 [labels], found rank 2 [2, 1]");
    Idx.of(ElementType.UBYTE, new double[] {0, 1, 2}, 3).write(labels);
    refuses("expected 2 labels for the 2 images of " + images + ", found 3 labels");
    Idx.of(ElementType.UBYTE, new double[0], 0).write(labels);
    refuses("expected dimensions of 1 or more each, found [0]");
    assertThatIllegalArgumentException().isThrownBy(() -> IdxDataset.load(images, labels, 0));
  }

  private void refuses(String message) {
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> IdxDataset.load(images, labels))
        .withMessageContaining(message);
  }

  private static double[][] inputs(Dataset data) {
    INDArray inputs = Nd4j.create(DataType.DOUBLE, data.size(), data.inputShape().size());
    INDArray targets = Nd4j.create(DataType.DOUBLE, data.size(), data.targetShape().size());
    int[] rows = new int[data.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    data.gather(rows, inputs, targets);
    return inputs.toDoubleMatrix();
  }
}
