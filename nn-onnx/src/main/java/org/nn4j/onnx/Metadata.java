package org.nn4j.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nn4j.io.Settings;
import org.nn4j.model.ModelInfo;
import org.nn4j.persistence.ModelFiles;

/**
 * Metadata of an exported file.
 *
 * <pre>
 * nn4j.info     scaling, features, class labels, targets and notes, as in a model file
 * nn4j.input    the input of the network, after scaling and encoding
 * nn4j.output   the output of the network
 * </pre>
 */
final class Metadata {
  static final String INFO = "nn4j.info";
  static final String INPUT = "nn4j.input";
  static final String OUTPUT = "nn4j.output";

  private Metadata() {}

  static Map<String, String> of(ModelInfo info, String input, String output) {
    Map<String, String> metadata =
        new LinkedHashMap<>(); // in order: equal files for equal networks
    metadata.put(INFO, ModelFiles.describe(info).toString());
    metadata.put(INPUT, input);
    metadata.put(OUTPUT, output);
    return metadata;
  }

  static ModelInfo info(String text) {
    return ModelFiles.infoOf(Settings.parse(text));
  }
}
