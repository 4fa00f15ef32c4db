package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.io.ModelFormatException;

/** Casts of constants, as onnxruntime computes them. */
class CastTest {
  private static final double[] NUMBERS = {
    0, 0.7, -0.7, 1.7, -1.5, 2.5, 1e-3, 1e-7, -3e-8, 1e-40, 1.2345678, 2049, 2051, 60001, -12345.678
  };

  private static GraphFile cast(double[] numbers, TensorProto.DataType... types) {
    GraphFile graph = GraphFile.of(0, numbers.length);
    graph.tensor("c0", new long[] {numbers.length}, numbers);
    for (int i = 0; i < types.length; i++) {
      graph.node("Cast", Map.of("to", types[i].getNumber()), "c" + (i + 1), "c" + i);
    }
    return graph.node("Mul", "y", "x", "c" + types.length);
  }

  @ParameterizedTest
  @EnumSource(
      value = TensorProto.DataType.class,
      names = {"FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16", "INT32", "INT64", "BOOL"})
  void numbersAreConverted(TensorProto.DataType type, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("cast.onnx");
    INDArray ones = Nd4j.ones(DataType.FLOAT, 1, NUMBERS.length);
    for (TensorProto.DataType then :
        List.of(TensorProto.DataType.FLOAT16, TensorProto.DataType.INT32)) {
      for (GraphFile graph :
          List.of(
              cast(NUMBERS, type, TensorProto.DataType.FLOAT),
              cast(NUMBERS, type, then, TensorProto.DataType.FLOAT))) {
        Files.write(file, graph.model().toByteArray());
        assertThat(graph.read().predict(ones).toFloatVector())
            .containsExactly(OnnxRuntime.run(file, ones).toFloatVector());
      }
    }
  }

  @Test
  void theTypeIsThatOfTheNetwork() throws Exception {
    assertThat(cast(NUMBERS, TensorProto.DataType.DOUBLE).read().dataType())
        .isEqualTo(DataType.DOUBLE);
    assertThat(
            cast(NUMBERS, TensorProto.DataType.DOUBLE, TensorProto.DataType.FLOAT)
                .read()
                .dataType())
        .isEqualTo(DataType.FLOAT);
  }

  @Test
  void integersAreInRange() {
    for (double number : new double[] {0x1p31, -3e9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () ->
                  cast(
                          new double[] {1, number},
                          TensorProto.DataType.INT32,
                          TensorProto.DataType.FLOAT)
                      .read())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("found a Cast of " + (double) (float) number + " to INT32");
    }
    assertThatThrownBy(
            () ->
                cast(new double[] {0x1p63}, TensorProto.DataType.INT64, TensorProto.DataType.FLOAT)
                    .read())
        .hasMessageContaining("found a Cast of 9.223372036854776E18 to INT64");
  }

  @Test
  void halvesOverflowAbove65519() throws Exception {
    TensorProto.DataType half = TensorProto.DataType.FLOAT16;
    TensorProto.DataType real = TensorProto.DataType.FLOAT;
    assertThat(cast(new double[] {65519}, half, real).read().predict(new double[][] {{1}})[0])
        .containsExactly(65504);
    assertThatThrownBy(() -> cast(new double[] {-65520}, half, real).read())
        .hasMessageContaining("Mul 'y' (its constants lead to -Infinity, which is -Infinity as");
  }

  @Test
  void otherTypesAndIntegersAsFactorsAreRefused() {
    TensorProto.DataType real = TensorProto.DataType.FLOAT;
    for (TensorProto.DataType type :
        List.of(
            TensorProto.DataType.INT8, TensorProto.DataType.UINT64, TensorProto.DataType.STRING)) {
      assertThatThrownBy(() -> cast(NUMBERS, type, real).read())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(
              "Cast 'c1' (only to FLOAT, DOUBLE, FLOAT16 or BFLOAT16; a constant also to INT32,"
                  + " INT64 or BOOL)");
    }
    assertThatThrownBy(() -> cast(NUMBERS, TensorProto.DataType.INT64).read())
        .hasMessageContaining("1 problem: Mul 'y' (a network adds and multiplies constants");
    TensorProto.DataType[] many = new TensorProto.DataType[20];
    for (int i = 0; i < many.length; i++) {
      many[i] = i % 2 == 0 ? TensorProto.DataType.FLOAT16 : real;
    }
    assertThatThrownBy(() -> cast(NUMBERS, many).read())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("Cast 'c9' (only to FLOAT");
  }

  @Test
  void sizesAreWholeAndZeroIsASizeIfAllowed() {
    assertThatThrownBy(
            () ->
                GraphFile.of(0, 4)
                    .tensor("c", new long[] {2}, 0, 2.5)
                    .node("Reshape", "y", "x", "c")
                    .read())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("found a size of 2.5");
    assertThatThrownBy(
            () ->
                GraphFile.of(0, 2)
                    .tensor("c", new long[] {2, 1}, 1, 2)
                    .integers("shape", 0L, 1L)
                    .node("Reshape", Map.of("allowzero", 1), "w", "c", "shape")
                    .node("MatMul", "y", "x", "w")
                    .read())
        .hasMessageContaining("MatMul 'y' (a network multiplies data with a constant matrix");
  }
}
