package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;

/** Graphs whose import computes what onnxruntime does, or is refused. */
class SameOrRefusedTest {
  private final Path file;

  SameOrRefusedTest(@TempDir Path folder) {
    this.file = folder.resolve("graph.onnx");
  }

  /** Compares three samples of an input; returns the network. */
  private Network same(GraphFile graph, long... sample) throws Exception {
    Files.write(file, graph.model().toByteArray());
    Network network = Onnx.importNetwork(file);
    long[] shape = new long[sample.length + 1];
    shape[0] = 3;
    System.arraycopy(sample, 0, shape, 1, sample.length);
    INDArray x = Networks.random(1, DataType.FLOAT, shape);
    int rows = (int) (x.length() / network.inputShape().size());
    INDArray found = network.predict(x.reshape('c', network.inputShape().withBatch(rows)));
    INDArray expected;
    try {
      expected = OnnxRuntime.run(file, x);
    } catch (OrtException e) { // no ONNX graph
      return network;
    }
    Networks.assertClose(found.ravel(), expected.ravel(), 1e-4);
    return network;
  }

  private static GraphFile matrix(int opset, String before, String scalar) {
    GraphFile graph = GraphFile.of(0, 2, 2).opset(opset).scalar("two", 2);
    graph.tensor("four", new long[] {2, 2}, 1, 2, 3, 4);
    return before.equals("Neg")
        ? graph.node("Neg", "t", "x")
        : graph.node(before, "t", "x", scalar);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 13, 17, 20})
  void rowsOfMatricesAreRowsAfterArithmetic(int opset) throws Exception {
    for (String before : List.of("Neg", "Add", "Mul", "Div")) {
      GraphFile softmax = matrix(opset, before, "two").node("Softmax", Map.of("axis", 2), "y", "t");
      assertThat(same(softmax, 2, 2).layers())
          .hasToString("[BatchNormalization(2), Activation(softmax)]");
      same(
          matrix(opset, before, "two")
              .node("LogSoftmax", Map.of("axis", 2), "l", "t")
              .node("Exp", "y", "l"),
          2,
          2);
      same(
          matrix(opset, before, "two")
              .node("Exp", "e", "t")
              .integers("axes", 2L)
              .node("ReduceSum", "s", "e", "axes")
              .node("Div", "y", "e", "s")
              .opset(13),
          2,
          2);
    }
    for (String before : List.of("Sub", "Mul", "Div")) {
      GraphFile softmax =
          matrix(opset, before, "four").node("Softmax", Map.of("axis", 2), "y", "t");
      assertThatThrownBy(() -> same(softmax, 2, 2))
          .hasMessageContaining(
              "1 problem: Softmax 'y' (works on the last axis of [2, 2]; flatten before it)");
    }
    Network before =
        same(
            GraphFile.of(0, 2, 2)
                .opset(opset)
                .node("Softmax", Map.of("axis", 2), "t", "x")
                .node("Neg", "y", "t"),
            2,
            2);
    assertThat(before.layers())
        .hasToString("[Activation(softmax), Flatten, BatchNormalization(4)]");
  }

  @Test
  void rowsAfterANormalizationOfWholeSamplesAreRefused() {
    double[] ones = {1, 1, 1, 1};
    GraphFile layer =
        GraphFile.of(0, 2, 2)
            .tensor("s", new long[] {2, 2}, ones)
            .node("LayerNormalization", Map.of("axis", 1), "t", "x", "s");
    GraphFile batch =
        GraphFile.of(0, 4, 1)
            .tensor("s", new long[] {4}, ones)
            .node("BatchNormalization", "t", "x", "s", "s", "s", "s");
    GraphFile softmax = GraphFile.of(0, 2, 2).opset(12).node("Softmax", "t", "x");
    for (GraphFile graph : List.of(layer, batch, softmax)) {
      assertThatThrownBy(() -> graph.node("Softmax", Map.of("axis", 2), "y", "t").read())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("1 problem: Softmax 'y' (works on the last axis of [");
    }
  }

  @Test
  void rowsThatBecomeMatricesOrColumnsAreRefused() throws Exception {
    for (Long[] shape : List.of(new Long[] {-1L, 2L, 2L}, new Long[] {-1L, 4L, 1L})) {
      GraphFile graph =
          GraphFile.of(0, 3, 4).integers("shape", shape).node("Reshape", "t", "x", "shape");
      assertThatThrownBy(() -> graph.node("Softmax", "y", "t").read())
          .hasMessageContaining("1 problem: Reshape 't' (does not keep samples of [3, 4] apart)");
    }
    same(
        GraphFile.of(0, 3, 4)
            .integers("shape", -1L, 1L, 4L)
            .node("Reshape", "t", "x", "shape")
            .node("Softmax", "y", "t"),
        3,
        4);
    assertThatThrownBy(
            () ->
                GraphFile.of(0, 3, 1)
                    .tensor("w", new long[] {1, 1}, 2)
                    .node("MatMul", "m", "x", "w")
                    .node("Transpose", Map.of("perm", List.of(0L, 2L, 1L)), "t", "m")
                    .node("Softmax", "y", "t")
                    .read())
        .hasMessageContaining("1 problem: Transpose 't' (reorders the elements of a sample;");
  }

  @Test
  void constantsThatAddADimensionAreRefused() {
    long[] three = {1, 1, 1};
    GraphFile max = GraphFile.of(0, 4).tensor("c", three, 0).node("Max", "t", "x", "c");
    GraphFile sum = GraphFile.of(0, 4).tensor("c", three, 1).node("Exp", "e", "x");
    sum.node("Add", "s", "e", "c").node("Log", "t", "s");
    for (GraphFile graph : List.of(max, sum)) {
      assertThatThrownBy(() -> graph.node("Softmax", Map.of("axis", 1), "y", "t").read())
          .isInstanceOf(ModelFormatException.class);
    }
  }

  @Test
  void constantsOfAnotherSizeAfterAProblemAreNoError() {
    assertThatThrownBy(
            () ->
                GraphFile.of(0, 4)
                    .tensor("four", new long[] {4}, 1, 2, 3, 4)
                    .tensor("two", new long[] {2}, 1, 2)
                    .tensor("w", new long[] {3, 2}, 1, 2, 3, 4, 5, 6)
                    .node("Mul", "a", "x", "four")
                    .node("MatMul", "b", "a", "w")
                    .node("Sub", "y", "b", "two")
                    .read())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("1 problem: MatMul 'b' (weights of 3 features at an input of 4)");
  }

  /** Chains of four random nodes on samples of several shapes. */
  @Test
  void randomGraphs() throws Exception {
    int imported = 0;
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      long[] sample =
          pick(random, new long[] {4}, new long[] {2, 2}, new long[] {3, 4}, new long[] {4, 1});
      GraphFile graph = random(random, sample);
      try {
        same(graph, sample);
        imported++;
      } catch (ModelFormatException e) {
        assertThat(e.found()).contains(" problem");
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + graph.graph().getNodeList(), e);
      }
    }
    assertThat(imported).isGreaterThan(40);
  }

  private static GraphFile random(Random random, long... sample) {
    long[] input = new long[sample.length + 1];
    System.arraycopy(sample, 0, input, 1, sample.length);
    GraphFile graph = GraphFile.of(input).opset(pick(random, 9, 12, 13, 17, 20));
    int nodes = 2 + random.nextInt(3);
    for (int i = 0; i < nodes; i++) {
      String x = i == 0 ? "x" : "t" + i;
      String y = i == nodes - 1 ? "y" : "t" + (i + 1);
      add(graph, random, x, y);
    }
    return graph;
  }

  private static void add(GraphFile graph, Random random, String x, String y) {
    String c = "c" + y;
    String operator =
        pick(
            random,
            "Neg",
            "Mul",
            "Sub",
            "Softmax",
            "Softmax",
            "LayerNormalization",
            "MatMul",
            "Flatten",
            "Reshape",
            "Transpose",
            "Relu",
            "BatchNormalization");
    switch (operator) {
      case "Mul", "Sub" -> {
        tensor(
            graph,
            random,
            c,
            pick(
                random,
                new long[0],
                new long[] {2},
                new long[] {4},
                new long[] {2, 2},
                new long[] {1, 1, 1}));
        graph.node(operator, y, x, c);
      }
      case "Softmax" -> graph.node(operator, Map.of("axis", random.nextInt(4) - 1), y, x);
      case "LayerNormalization" -> {
        tensor(graph, random, c, pick(random, new long[] {2}, new long[] {4}, new long[] {2, 2}));
        graph.node(operator, Map.of("axis", random.nextInt(3) - 1), y, x, c);
      }
      case "MatMul" -> {
        tensor(graph, random, c, pick(random, 1L, 2L, 4L), pick(random, 1L, 2L, 4L));
        graph.node(operator, y, x, c);
      }
      case "Flatten" -> graph.node(operator, Map.of("axis", 1 + random.nextInt(2)), y, x);
      case "Reshape" -> {
        graph.integers(c, pick(random, 0L, -1L), pick(random, 1L, 2L, 4L), pick(random, 1L, 2L));
        graph.node(operator, y, x, c);
      }
      case "Transpose" -> graph.node(operator, Map.of("perm", List.of(0L, 2L, 1L)), y, x);
      case "BatchNormalization" -> {
        graph.tensor(c, new long[] {4}, 1, 2, 3, 4);
        graph.node(operator, y, x, c, c, c, c);
      }
      default -> graph.node(operator, y, x);
    }
  }

  private static void tensor(GraphFile graph, Random random, String name, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    graph.tensor(name, shape, random.doubles(size, -2, 2).toArray());
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... all) {
    return all[random.nextInt(all.length)];
  }
}
