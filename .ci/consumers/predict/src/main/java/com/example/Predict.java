package com.example;

import java.io.IOException;
import java.nio.file.Path;
import org.nn4j.predict.Predictor;

/** Predicts from the file that the other applications save. */
public final class Predict {
  private Predict() {}

  public static void main(String[] args) throws IOException {
    Predictor predictor = Predictor.load(Path.of(args[0]));
    System.out.println("predicted " + Math.round(predictor.predict(new float[] {0, 1})[0]));
  }
}
