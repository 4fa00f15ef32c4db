package org.nn4j.internal.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nn4j.io.Settings;
import org.nn4j.model.ModelInfo;

/**
 * Metadata of an exported file.
 *
 * <pre>
 * nn4j.info     scaling, features, class labels, targets and notes, as in a model file
 * nn4j.input    the input of the network, after scaling and encoding
 * nn4j.output   the output of the network
 * </pre>
 */
public final class Metadata {
  static final String INFO = "nn4j.info";
  static final String INPUT = "nn4j.input";
  static final String OUTPUT = "nn4j.output";

  private Metadata() {}

  /**
   * Returns the entries for a file.
   *
   * @param info of the network
   * @param input the name of its input
   * @param output the name of its output
   * @return the entries, in the order above: equal files for equal networks
   */
  public static Map<String, String> of(ModelInfo info, String input, String output) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(INFO, info.toSettings().toString());
    metadata.put(INPUT, input);
    metadata.put(OUTPUT, output);
    return metadata;
  }

  static ModelInfo info(String text) {
    return ModelInfo.of(Settings.parse(text));
  }
}
