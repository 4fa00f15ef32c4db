package org.nn4j.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.OffHeap;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.jfr.FlightRecorder;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.thread.Gate;

/**
 * Predictions of a network in reused buffers. After the first call with a batch size it allocates
 * no array, which for one sample would take longer than the prediction.
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.of(network)) {
 *   float[] probabilities = predictor.predict(pixels);
 * }
 * }</pre>
 *
 * <p>A predictor runs one call at a time: a second call throws {@link IllegalStateException}. Any
 * number of predictors can share one network and use its current parameters; a server uses a {@link
 * PredictorPool}. Results are those of {@link Network#predict}, except that a layer with state in
 * its pass keeps it from call to call.
 */
public final class Predictor implements OffHeap {
  private final Network network;
  private final Shape input;
  private final Shape output;
  private final int inputLength;
  private final int outputLength;
  private final Pass pass = Pass.inference();
  private final Gate gate = new Gate(pass::close);

  private Predictor(Network network) {
    this.network = network;
    this.input = network.inputShape();
    this.output = network.outputShape();
    this.inputLength = Math.toIntExact(input.size());
    this.outputLength = Math.toIntExact(output.size());
  }

  /**
   * Returns a predictor of a network.
   *
   * @param network the network; it must stay open while the predictor is used
   * @return a new predictor; close it
   * @throws IllegalStateException if the network is closed
   */
  public static Predictor of(Network network) {
    Require.notNull(network, "Predictor.of", "network").guard().requireOpen();
    return new Predictor(network);
  }

  /**
   * Predicts samples.
   *
   * @param samples {@code [B, in...]} row by row: one sample, or several one after the other
   * @return a new array, {@code [B, out...]} row by row
   * @throws ShapeMismatchException if there is no sample, or part of one
   * @throws IllegalStateException if another thread trains the network meanwhile, another call is
   *     under way, or the predictor or the network is closed
   */
  public float[] predict(float[] samples) {
    Require.notNull(samples, "Predictor.predict", "samples");
    float[] outputs = new float[outputsOf(batchOf(samples.length))];
    predict(samples, outputs);
    return outputs;
  }

  /**
   * Predicts samples in double precision. They are cast to the data type of the network; scale them
   * first: {@code predictor.predict(scaling.apply(raw))}.
   *
   * @param samples {@code [B, in...]} row by row: one sample, or several one after the other
   * @return a new array, {@code [B, out...]} row by row
   * @throws ShapeMismatchException if there is no sample, or part of one
   * @throws IllegalStateException if another thread trains the network meanwhile, another call is
   *     under way, or the predictor or the network is closed
   */
  public double[] predict(double[] samples) {
    Require.notNull(samples, "Predictor.predict", "samples");
    int batch = batchOf(samples.length);
    outputsOf(batch);
    enter();
    try {
      INDArray x = inputOf(batch);
      JavaArrays.copy(samples, x);
      return JavaArrays.doubles(forward(x));
    } finally {
      leave();
    }
  }

  /**
   * Predicts samples into an array of the caller; allocates none.
   *
   * @param samples {@code [B, in...]} row by row
   * @param outputs receives {@code [B, out...]} row by row
   * @throws ShapeMismatchException if there is no sample, or part of one, or the outputs do not fit
   * @throws IllegalStateException if another thread trains the network meanwhile, another call is
   *     under way, or the predictor or the network is closed
   */
  public void predict(float[] samples, float[] outputs) {
    Require.notNull(samples, "Predictor.predict", "samples");
    Require.notNull(outputs, "Predictor.predict", "outputs");
    int batch = batchOf(samples.length);
    if (outputs.length != outputsOf(batch)) {
      throw new ShapeMismatchException(
          "Predictor",
          "room for " + batch + " x " + outputLength + " outputs",
          outputs.length + " elements",
          "pass an array of " + batch * outputLength);
    }
    enter();
    try {
      INDArray x = inputOf(batch);
      JavaArrays.copy(samples, x);
      JavaArrays.copy(forward(x), outputs);
    } finally {
      leave();
    }
  }

  /**
   * Predicts samples.
   *
   * @param x {@code [B, in...]}, of the network's data type
   * @return {@code [B, out...]}, valid until the next call
   * @throws ShapeMismatchException if the shape does not fit
   * @throws IllegalArgumentException if the data type does not fit
   * @throws IllegalStateException if another thread trains the network meanwhile, another call is
   *     under way, or the predictor or the network is closed
   */
  public INDArray predict(INDArray x) {
    enter();
    INDArray y;
    try {
      y = forward(x);
    } finally {
      leave();
    }
    if (gate.isClosed()) {
      throw refused(); // closed by another thread, with the result
    }
    return y;
  }

  private void enter() {
    if (!gate.enter()) {
      throw refused();
    }
    PassMemory.of(pass).beginForward();
  }

  private void leave() {
    PassMemory.of(pass).end();
    gate.leave();
  }

  private INDArray inputOf(int batch) {
    return pass.batchBuffer(this, "input", network.dataType(), input, batch);
  }

  private IllegalStateException refused() {
    return new IllegalStateException(
        Require.message(
            "Predictor",
            "an open predictor, used by one call at a time",
            gate.found(),
            "create a predictor for each thread, or use PredictorPool.of(network)"));
  }

  private INDArray forward(INDArray x) {
    FlightRecorder.RunningPrediction recorded = FlightRecorder.prediction();
    long stamp = network.guard().beginReading();
    INDArray y = network.forward(x, pass);
    network.guard().endReading(stamp);
    recorded.end(y.size(0));
    return y;
  }

  private int outputsOf(int batch) {
    long numbers = (long) batch * outputLength;
    Require.that(
        numbers <= Integer.MAX_VALUE,
        "Predictor",
        "at most " + Integer.MAX_VALUE + " output elements",
        batch + " x " + outputLength,
        "predict fewer samples at a time");
    return (int) numbers;
  }

  private int batchOf(int numbers) {
    if (numbers == 0 || numbers % inputLength != 0) {
      throw new ShapeMismatchException(
          "Predictor",
          "samples of " + inputLength + " elements " + input + ", one after the other",
          numbers + " elements",
          "pass all elements of each sample");
    }
    return numbers / inputLength;
  }

  @Override
  public long offHeapBytes() {
    return pass.offHeapBytes();
  }

  /**
   * Frees the buffers, and with them the last result that is an ND4J array. During a call on
   * another thread, they are freed at its end.
   */
  @Override
  public void close() {
    gate.close();
  }

  @Override
  public String toString() {
    return "Predictor(" + input + " -> " + output + ")";
  }
}
