package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.loss.Losses;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Trainer;

/** Each test image of MNIST has the same class as in nn-core. */
@EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
class MnistTest {
  @Test
  void eachImageGetsTheSameClass(@TempDir Path folder) throws Exception {
    LabeledImages mnist = ImageSet.MNIST.load();
    Network network =
        Network.builder(784)
            .dense(40, Activations.sigmoid())
            .dense(10, Activations.softmax())
            .seed(1)
            .build();
    Trainer.builder(network)
        .loss(Losses.crossEntropy())
        .optimizer(Optimizers.adam())
        .batchSize(100)
        .epochs(1)
        .seed(1)
        .build()
        .fit(mnist.train());
    Path file = folder.resolve("mnist.safetensors");
    ModelFiles.save(network, file);
    Predictor predictor = Predictor.load(file);
    Dataset test = mnist.test();
    int differing = 0;
    int images = 0;
    for (Batch batch : Batches.inOrder(test, 500, DataType.FLOAT).evaluation()) {
      INDArray expected = network.predict(batch.inputs()).argMax(1);
      float[] inputs = batch.inputs().dup('c').ravel().toFloatVector();
      float[] outputs = new float[batch.size() * 10];
      predictor.predict(inputs, batch.size(), outputs);
      for (int i = 0; i < batch.size(); i++) {
        differing += highest(outputs, i * 10) == expected.getInt(i) ? 0 : 1;
        images++;
      }
    }
    assertThat(images).isEqualTo(10_000);
    assertThat(differing).isZero();
  }

  private static int highest(float[] outputs, int at) {
    int highest = 0;
    for (int j = 1; j < 10; j++) {
      highest = outputs[at + j] > outputs[at + highest] ? j : highest;
    }
    return highest;
  }
}
