package org.nn4j.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one run of a workload.
 *
 * @param workload the workload
 * @param epochSeconds the time of training in each epoch
 * @param accuracy the share of test images classified correctly
 * @param inference for {@link Workload#W4} only
 */
record Report(
    Workload workload, List<Double> epochSeconds, double accuracy, @Nullable Inference inference) {

  /** Returns one line of JSON, with the names that {@code compare.py} expects of every library. */
  String toJson() {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("peer", "nn4j");
      json.writeStringField("workload", workload.name());
      json.writeNumberField("epochs", epochSeconds.size());
      json.writeNumberField(
          "train_s", rounded(epochSeconds.stream().mapToDouble(Double::doubleValue).sum(), 4));
      json.writeArrayFieldStart("epoch_s");
      for (double seconds : epochSeconds) {
        json.writeNumber(rounded(seconds, 4));
      }
      json.writeEndArray();
      json.writeNumberField("test_acc", rounded(accuracy, 4));
      json.writeNumberField("peak_rss_mb", rounded(ResidentMemory.peak(), 1));
      json.writeStringField("version", versions() + ", Java " + Runtime.version());
      json.writeStringField(
          "threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
      if (inference != null) {
        json.writeNumberField("infer_b1_per_s", Math.round(inference.batch1()));
        json.writeNumberField("infer_b1000_per_s", Math.round(inference.batch1000()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static BigDecimal rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
  }

  private static String versions() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Report.class.getResourceAsStream("versions.properties"))) {
      properties.load(in);
    }
    return properties.getProperty("versions", "unknown");
  }
}
