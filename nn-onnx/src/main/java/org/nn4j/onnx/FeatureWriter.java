package org.nn4j.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Shape;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.UnknownCategory;

/**
 * Export of the encoding of raw rows.
 *
 * <pre>
 * numbers, booleans   DOUBLE [batch, 1]; NaN is missing, a boolean is 0 or 1
 * categories          STRING [batch, 1]
 * </pre>
 */
final class FeatureWriter {
  private final OnnxGraph graph;

  FeatureWriter(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Writes {@code (x − mean) / deviation} of plain numbers. */
  String write(InputScaling scaling, Shape shape, String x) {
    long[] dimensions = scaling.mean().size() == 1 ? new long[0] : shape.toArray();
    String centered =
        graph.node(
            "Sub",
            x,
            graph.constant("inputScaling.mean", graph.dataType(), scaling.mean(), dimensions));
    String deviation = graph.divisor("inputScaling.deviation", scaling.deviation(), dimensions);
    return graph.node("Div", centered, deviation);
  }

  /** Writes an input for each feature, and their encoding, {@code [batch, inputs]}. */
  String write(Features features) {
    List<String> inputs =
        features.list().stream()
            .map(
                feature ->
                    graph.input(
                        feature.name(),
                        feature instanceof CategoryFeature
                            ? TensorProto.DataType.STRING
                            : TensorProto.DataType.DOUBLE,
                        1))
            .toList();
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      graph.enter("features." + i + ".");
      encode(features.list().get(i), inputs.get(i), numbers);
    }
    graph.enter("");
    return graph.node("Concat", Map.of("axis", 1), numbers.toArray(String[]::new));
  }

  private void encode(Feature feature, String x, List<String> numbers) {
    if (feature instanceof NumberFeature number) {
      String missing = fillable(number.fill(), x);
      String centered = graph.node("Sub", filled(number.fill(), missing, x), scalar(number.mean()));
      numbers.add(cast(graph.node("Div", centered, scalar(number.deviation()))));
      addIndicator(number.indicator(), missing, numbers);
    } else if (feature instanceof BooleanFeature truth) {
      String missing = fillable(truth.fill(), x);
      numbers.add(cast(filled(truth.fill(), missing, x)));
      addIndicator(truth.indicator(), missing, numbers);
    } else {
      numbers.add(oneHot((CategoryFeature) feature, x));
    }
  }

  /** Writes the mask of missing values, if the feature has a fill. */
  private String fillable(OptionalDouble fill, String x) {
    return fill.isPresent() ? graph.node("IsNaN", x) : "";
  }

  private String filled(OptionalDouble fill, String missing, String x) {
    return fill.isPresent() ? graph.node("Where", missing, scalar(fill.getAsDouble()), x) : x;
  }

  private void addIndicator(boolean indicator, String missing, List<String> numbers) {
    if (indicator) {
      numbers.add(graph.cast(missing, graph.dataType()));
    }
  }

  private String oneHot(CategoryFeature feature, String x) {
    Map<String, ?> settings =
        Map.of(
            "cats_strings",
            feature.categories(),
            "zeros",
            feature.unknown() == UnknownCategory.ZEROS ? 1 : 0);
    String three =
        graph.declare(
            graph.node("ai.onnx.ml.OneHotEncoder", settings, x),
            TensorProto.DataType.FLOAT,
            1,
            feature.width());
    return graph.castFrom(DataType.FLOAT, graph.node("Flatten", Map.of("axis", 1), three));
  }

  private String cast(String value) {
    return graph.castFrom(DataType.DOUBLE, value);
  }

  private String scalar(double value) {
    return graph.constant("constant", DataType.DOUBLE, List.of(value));
  }
}
