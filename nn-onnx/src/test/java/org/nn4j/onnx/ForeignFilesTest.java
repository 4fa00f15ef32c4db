package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.data.Dataset;
import org.nn4j.internal.onnx.ModelReader;
import org.nn4j.internal.onnx.NetworkReader;
import org.nn4j.io.ModelFormatException;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;

/**
 * Files of other programs: models that PyTorch 1.13 exported (pack_torch.py), and cases of Debian's
 * package libonnx-testdata (pack_testdata.py).
 */
class ForeignFilesTest {
  private static final Cases TORCH = Cases.of("torch.zip");
  private static final Cases CASES = Cases.of("testdata.zip");

  /** Imports a case, and compares the outputs of the network with those in the archive. */
  private static Network same(Cases cases, String model) throws Exception {
    ModelReader file = ModelReader.of(cases.bytes(model), model);
    Network network = NetworkReader.read(file, file.proto().getGraph().getOutput(0).getName());
    INDArray x = cases.input(model).castTo(network.dataType());
    boolean isInColumns = x.rank() == 2 && x.size(1) != network.inputShape().size();
    INDArray rows = isInColumns ? x.transpose().dup('c') : x;
    long count = x.length() / network.inputShape().size();
    INDArray found = network.predict(rows.reshape('c', network.inputShape().withBatch(count)));
    Networks.assertClose(found.ravel(), cases.output(model).ravel(), 1e-5);
    return network;
  }

  private static final List<String> TORCH_REFUSED =
      List.of(
          "convolution", "hard_sigmoid", "hard_swish", "log_softmax", "relu6", "selu", "training");

  @Test
  void modelsOfPyTorchComputeTheSame() throws Exception {
    int count = 0;
    for (String model : TORCH.models()) {
      if (!TORCH_REFUSED.contains(model.substring(0, model.indexOf('/')))) {
        Network network = same(TORCH, model);
        trains(network);
        count++;
      }
    }
    assertThat(count).isEqualTo(91);
  }

  private static void trains(Network network) {
    INDArray x = Networks.random(1, network.dataType(), network.inputShape().withBatch(6));
    INDArray y = Networks.random(2, network.dataType(), network.outputShape().withBatch(6));
    INDArray before = network.parameters().values().dup();
    Trainer.builder(network)
        .loss(meanSquaredError())
        .optimizer(sgd(0.01))
        .batchSize(6)
        .epochs(1)
        .build()
        .fit(Dataset.of(x, y));
    assertThat(network.parameters().values()).isNotEqualTo(before);
    assertThat(network.predict(x).sumNumber().doubleValue()).isFinite();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linear | [Dense(4 -> 3, identity)]",
        "linear_no_bias | [Dense(4 -> 3, relu), Dense(3 -> 2, identity)]",
        "layer_norm | [LayerNormalization(4), Dense(4 -> 5, identity), LayerNormalization(5),"
            + " Activation(relu), Dense(5 -> 2, identity)]",
        "layer_norm_plain | [Dense(4 -> 5, identity), LayerNormalization(5), Activation(tanh)]",
        "gelu | [Dense(4 -> 6, gelu), Dense(6 -> 2, identity)]",
        "silu | [Dense(4 -> 6, silu), Dense(6 -> 2, identity)]",
        "leaky_relu | [Dense(4 -> 6, leakyRelu(0.2)), Dense(6 -> 2, identity)]",
        "elu | [Dense(4 -> 6, elu(0.7)), Dense(6 -> 2, identity)]",
        "softplus | [Dense(4 -> 6, softplus), Dense(6 -> 2, identity)]",
        "prelu | [Dense(4 -> 6, leakyRelu(0.25)), Dense(6 -> 2, identity)]",
        "exp_of_log_softmax | [Dense(4 -> 3, softmax)]",
        "flatten | [Flatten, Dense(12 -> 5, relu)]",
        "reshaped | [Flatten, Dense(12 -> 5, relu)]",
        "layer_norm_of_samples | [Flatten, LayerNormalization(12), Dense(12 -> 2, identity)]",
        "view | [Flatten, BatchNormalization(12), Dense(12 -> 5, relu)]",
        "three_dimensions | [Dense(4 -> 6, identity), LayerNormalization(6), Activation(gelu),"
            + " Dense(6 -> 2, softmax)]"
      })
  void layersAreThoseOfTheModel(String name, String layers) throws Exception {
    for (String opset : List.of("opset9", "opset13", "unfolded")) {
      assertThat(same(TORCH, name + "/" + opset + ".onnx").layers()).hasToString(layers);
    }
  }

  @Test
  void fixedScalingsStayFixedInTraining() throws Exception {
    Network network = same(TORCH, "scaled/opset17.onnx");
    assertThat(network.layers().get(0)).isInstanceOf(BatchNormalization.class);
    List<INDArray> before =
        network.layers().get(0).parameters().stream().map(p -> p.value().dup()).toList();
    trains(network);
    assertThat(network.layers().get(0).parameters().stream().map(p -> p.value()))
        .containsExactlyElementsOf(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "convolution/opset13 | Conv '/0/Conv' (no convolutions: use dense layers)",
        "hard_sigmoid/opset13 | HardSigmoid '/1/HardSigmoid' (use sigmoid)",
        "hard_swish/opset17 | HardSwish '/1/HardSwish' (use silu)",
        "log_softmax/opset17 | LogSoftmax '/1/LogSoftmax' (use softmax, or import up to its input"
            + " '/0/Gemm_output_0')",
        "relu6/opset13 | Clip '/1/Clip' (only max(x, 0); use relu)",
        "selu/opset9 | Selu '/1/Selu' (use elu)"
      })
  void whatANetworkLacksIsNamed(String model, String problem) {
    assertThatThrownBy(() -> same(TORCH, model + ".onnx"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file "
                + model
                + ".onnx, graph: expected a chain of operators that nn4j has, found 1 problem: "
                + problem
                + "; change the model, or import a part: Onnx.importNetwork(file, \"name of a"
                + " value\"); see docs/troubleshooting.md#model-file");
  }

  @Test
  void allProblemsAreListedAtOnce() {
    assertThatThrownBy(() -> same(TORCH, "hard_swish/opset9.onnx"))
        .hasMessageContaining(
            "found 2 problems: HardSigmoid '/1/HardSigmoid' (use sigmoid); value"
                + " '/0/Gemm_output_0' (used by HardSigmoid '/1/HardSigmoid', Mul '/1/Mul': a network"
                + " is a chain);");
    assertThatThrownBy(() -> same(TORCH, "training/training.onnx"))
        .hasMessageContaining(
            "found 2 problems: BatchNormalization '/1/BatchNormalization' (export the model in"
                + " evaluation mode); BatchNormalization '/4/BatchNormalization'");
  }

  /** Cases that a network can represent; all others must be refused. */
  private static final String IMPORTED =
      "ELU LeakyReLU LeakyReLU_with_negval Linear Linear_no_bias PReLU_1d PReLU_2d PReLU_3d ReLU"
          + " Sigmoid Softmax Softplus Tanh add_bcast clip_default_min div_bcast dropout_default"
          + " dropout_default_mask dropout_default_mask_ratio dropout_default_ratio"
          + " dropout_random_old elu elu_default flatten_axis1 flatten_axis3 flatten_default_axis"
          + " flatten_negative_axis1 flatten_negative_axis3 gemm_all_attributes gemm_alpha gemm_beta"
          + " gemm_default_no_bias gemm_default_scalar_bias"
          + " gemm_default_single_elem_vector_bias gemm_default_vector_bias gemm_default_zero_bias"
          + " gemm_transposeA gemm_transposeB identity layer_normalization_2d_axis1"
          + " layer_normalization_2d_axis_negative_1 layer_normalization_3d_axis1_epsilon"
          + " layer_normalization_3d_axis2_epsilon layer_normalization_3d_axis_negative_1_epsilon"
          + " layer_normalization_3d_axis_negative_2_epsilon layer_normalization_4d_axis1"
          + " layer_normalization_4d_axis3 layer_normalization_4d_axis_negative_1"
          + " layer_normalization_4d_axis_negative_3 layer_normalization_default_axis leakyrelu"
          + " leakyrelu_default matmul_2d mul_bcast neg operator_addconstant operator_flatten"
          + " operator_mm operator_permute2 relu reshape_extended_dims reshape_negative_dim"
          + " reshape_reduced_dims reshape_reordered_last_dims reshape_zero_and_negative_dim"
          + " reshape_zero_dim sigmoid softmax_axis_2 softmax_default_axis softmax_example"
          + " softmax_functional_dim3 softmax_large_number softmax_lastdim softmax_negative_axis"
          + " softplus squeeze_negative_axes sub_bcast tanh transpose_all_permutations_0"
          + " unsqueeze_axis_1 unsqueeze_axis_2 unsqueeze_axis_3 unsqueeze_negative_axes"
          + " unsqueeze_three_axes unsqueeze_two_axes unsqueeze_unsorted_axes";

  @Test
  void casesOfOnnxComputeTheSameOrAreRefused() throws Exception {
    List<String> imported = new ArrayList<>();
    Map<String, String> refused = new TreeMap<>();
    for (String model : CASES.models()) {
      String name = model.substring("test_".length(), model.indexOf('/'));
      try {
        same(CASES, model);
        imported.add(name);
      } catch (ModelFormatException e) {
        refused.put(name, e.found());
      }
    }
    assertThat(imported).as(refused.toString()).containsExactlyInAnyOrder(IMPORTED.split(" "));
    assertThat(refused)
        .containsEntry(
            "BatchNorm1d_3d_input_eval",
            "1 problem: BatchNormalization '5' (normalizes channels of [5, 3]; flatten before it)")
        .containsEntry("hardsigmoid", "1 problem: HardSigmoid 'y' (use sigmoid)");
  }
}
