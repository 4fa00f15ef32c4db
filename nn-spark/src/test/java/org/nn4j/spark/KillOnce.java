package org.nn4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.nn4j.ParameterVector;
import org.nn4j.optim.Penalty;

/** Penalty of 0 that ends the process of one executor in the middle of its tenth step. */
final class KillOnce implements Penalty {
  private final Path marker;
  private int steps;

  /** Creates a penalty. The file exists after the process has ended. */
  KillOnce(String marker) {
    this.marker = Path.of(marker);
  }

  @Override
  public double value(ParameterVector parameters) {
    steps++;
    if (steps == 10 && !SparkEnv.get().executorId().equals("driver")) {
      try {
        Files.createFile(marker);
        Runtime.getRuntime().halt(1);
      } catch (FileAlreadyExistsException e) {
        return 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return 0;
  }

  @Override
  public void addGradient(ParameterVector parameters) {}

  @Override
  public String toString() {
    return "none";
  }
}
