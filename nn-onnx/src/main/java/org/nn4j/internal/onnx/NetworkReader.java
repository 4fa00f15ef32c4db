package org.nn4j.internal.onnx;

import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;

/** Import of a network: the ends of the graph, the walk between them, the assembly. */
public final class NetworkReader {
  private NetworkReader() {}

  /**
   * Reads a network.
   *
   * @param model the file
   * @param output the name of the value to import up to; null for the output of the graph
   * @return a trainable network
   * @throws ModelFormatException if the file is damaged, or a network cannot represent the graph
   */
  public static Network read(ModelReader model, @Nullable String output)
      throws ModelFormatException {
    GraphEnds ends = GraphEnds.of(model, output);
    Walk walk;
    try {
      walk = new Walk(new ReadGraph(model, ends), model.bytes());
      walk.run();
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          model.name(),
          "graph",
          "attributes and shapes as ONNX defines them",
          String.valueOf(e.getMessage()),
          "export the model again, or copy the file again",
          e);
    }
    Network network = new NetworkAssembly(walk).build();
    if (!ends.info().isEmpty()) {
      try {
        network.setInfo(Metadata.info(ends.info()));
      } catch (IllegalArgumentException e) {
        network.close();
        throw new ModelFormatException(
            model.name(),
            "metadata '" + Metadata.INFO + "'",
            "what Onnx.export writes",
            String.valueOf(e.getMessage()),
            "copy the file again",
            e);
      }
    }
    return network;
  }
}
