package org.nn4j.internal;

import org.jspecify.annotations.Nullable;
import org.nn4j.LayerSpec;
import org.nn4j.Shape;

/** Recipe of a layer whose size can be computed before it is built. Immutable and thread-safe. */
public interface SizedSpec extends LayerSpec {
  /**
   * Size of a layer.
   *
   * @param parameters the number of elements of all parameters
   * @param output the shape of one sample of the output
   */
  record Size(long parameters, Shape output) {}

  /** Returns the size for an input shape; null if the layer does not accept it. */
  @Nullable Size size(Shape input);
}
