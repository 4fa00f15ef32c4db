package org.nn4j.train;

import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.adamW;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.data.Dataset;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;
import org.nn4j.model.PredictorPool;

/** Programs that need a process with limits of its own; each prints what it found. */
final class OffHeapPrograms {
  private static final double[][] X = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  private static final int[] Y = {0, 1, 1, 0};

  private OffHeapPrograms() {}

  /**
   * Runs one of them.
   *
   * @param arguments its name and its arguments
   */
  public static void main(String[] arguments) {
    if (arguments[0].equals("nearTheLimit")) {
      nearTheLimit(DataType.valueOf(arguments[1]));
    } else {
      manyNetworks();
    }
  }

  private static Network network(DataType type) {
    return Network.builder(2).dense(8, tanh()).dense(2, softmax()).dataType(type).seed(1).build();
  }

  private static Trainer trainer(Network network) {
    return Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(0.1))
        .batchSize(3)
        .epochs(5)
        .build();
  }

  /** The first fit finds the process above JavaCPP's limit, the next one below it. */
  private static void nearTheLimit(DataType type) {
    long limit = Pointer.maxPhysicalBytes();
    Dataset data = Dataset.ofLabels(X, Y, 2);
    Network undisturbed = network(type);
    trainer(undisturbed).fit(data);

    Network network = network(type);
    Trainer trainer = trainer(network);
    INDArray x = Nd4j.createFromArray(X).castTo(type);
    if (Pointer.physicalBytes() <= 0 || Pointer.physicalBytes() > limit) {
      System.out.println("not possible here");
      return;
    }
    List<ByteBuffer> filling = new ArrayList<>();
    int failures = 0;
    String message = "";
    while (failures < 3 && filling.size() < 400) {
      while (Pointer.physicalBytes() <= limit + (60L << 20)) {
        filling.add(filled(ByteBuffer.allocateDirect(8 << 20)));
      }
      try {
        trainer.fit(data);
      } catch (OutOfMemoryError e) {
        failures++;
        System.out.println("out of memory");
      }
      try {
        Network.builder(2).dense(2).build();
      } catch (OutOfMemoryError e) {
        message = String.valueOf(e.getMessage());
      }
    }
    System.out.println(message.replaceFirst(", found .* MiB for the process; ", ", found ...; "));
    filling.clear();
    System.gc();
    trainer.fit(data);
    boolean same =
        Arrays.equals(
            undisturbed.predict(x).toFloatMatrix()[1], network.predict(x).toFloatMatrix()[1]);
    System.out.println(same ? "same answers" : "other answers");
  }

  private static ByteBuffer filled(ByteBuffer buffer) {
    for (int i = 0; i < buffer.capacity(); i += 512) {
      buffer.put(i, (byte) 1);
    }
    return buffer;
  }

  /** Without a collector of native memory, what ND4J counts stays the same from round to round. */
  private static void manyNetworks() {
    for (int i = 0; i < 5; i++) {
      useAndClose();
    }
    long before = Nd4j.getEnvironment().getDeviceCouner(0);
    for (int i = 0; i < 1000; i++) {
      useAndClose();
    }
    long grown = Nd4j.getEnvironment().getDeviceCouner(0) - before;
    System.out.printf(Locale.ROOT, "%d bytes more%n", grown);
  }

  private static void useAndClose() {
    Network network =
        Network.builder(2)
            .dense(8, tanh())
            .batchNormalization()
            .layerNormalization()
            .dropout(0.1)
            .dense(2, softmax())
            .seed(1)
            .build();
    Dataset data = Dataset.ofLabels(X, Y, 2);
    Trainer trainer =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(adamW(0.1, 0.01))
            .validation(data)
            .batchSize(3)
            .epochs(1)
            .build();
    trainer.fit(data.shuffle(1));
    Evaluator.of(network).metrics(accuracy()).evaluate(data);
    Network copy = network.copy();
    Predictor predictor = Predictor.of(network);
    PredictorPool pool = PredictorPool.of(network);
    for (int samples = 1; samples <= 6; samples++) {
      pool.predict(new float[2 * samples]);
      predictor.predict(new float[2 * samples]);
    }
    try (INDArray x = Nd4j.createUninitialized(FLOAT, 1, 2)) {
      network.predict(x).close();
    }
    if (network.offHeapBytes() == 0
        || data.offHeapBytes() == 0
        || trainer.offHeapBytes() == 0
        || predictor.offHeapBytes() == 0
        || pool.offHeapBytes() == 0) {
      System.out.println("not counted");
    }
    predictor.close();
    pool.close();
    trainer.close();
    network.close();
    copy.close();
    data.close();
    long left =
        network.offHeapBytes()
            + data.offHeapBytes()
            + trainer.offHeapBytes()
            + predictor.offHeapBytes()
            + pool.offHeapBytes()
            + copy.offHeapBytes();
    if (left != 0) {
      System.out.println(left + " bytes left");
    }
  }
}
