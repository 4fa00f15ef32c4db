package org.nn4j.standalone;

import java.nio.file.Path;
import java.util.Arrays;
import org.nn4j.predict.Predictor;

/** A program of its own: loads a model file and prints the prediction of an input of ones. */
public final class PredictFile {
  private PredictFile() {}

  /** The path of a model file. */
  public static void main(String[] arguments) throws Exception {
    Predictor predictor = Predictor.load(Path.of(arguments[0]));
    float[] input = new float[predictor.inputSize()];
    Arrays.fill(input, 1);
    System.out.println(Arrays.toString(predictor.predict(input)));
  }
}
