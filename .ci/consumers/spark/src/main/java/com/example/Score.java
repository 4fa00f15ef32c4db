package com.example;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nn4j.spark.SparkModel;

/** Scores on executors with nn-spark and nn-predict alone. */
public final class Score {
  private Score() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession session = SparkSession.builder().getOrCreate()) {
      SparkModel<float[]> model = SparkModel.network(session, args[0] + "/xor.safetensors");
      Dataset<Row> rows =
          session.sql("select id, double(id div 2) as a, double(id % 2) as b from range(4)");
      long[] answers =
          model.transform(rows, "a", "b").orderBy("id").collectAsList().stream()
              .mapToLong(row -> Math.round(row.<Float>getList(3).get(1)))
              .toArray();
      System.out.println("scored " + Arrays.toString(answers));
    }
  }
}
