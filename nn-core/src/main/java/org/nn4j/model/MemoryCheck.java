package org.nn4j.model;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.LayerSpec;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.SizedSpec;
import org.nn4j.internal.SizedSpec.Size;

/**
 * Check that a network fits into memory, layer by layer, before anything is allocated. It ends at
 * the first user-defined layer.
 */
final class MemoryCheck {
  /** Length of the longest Java array, in which initial values are drawn. */
  private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  /** Copies during the build: values and gradients, in the layers and in the packed vector. */
  private static final int COPIES = 4;

  private static final double MIB = 1 << 20;

  private final DataType type;
  private final long mostBytes;
  private long parameters;

  private MemoryCheck(DataType type, long mostBytes) {
    this.type = type;
    this.mostBytes = mostBytes;
  }

  /**
   * Checks that a network fits into memory.
   *
   * @throws IllegalArgumentException if its parameters, or a sample between two layers, do not fit
   */
  static void check(Shape input, List<LayerSpec> layers, DataType type) {
    new MemoryCheck(type, mostBytes(Pointer.maxBytes(), Pointer.maxPhysicalBytes()))
        .add(input, layers, "");
  }

  /** Returns the limit of JavaCPP's allocations; an argument of 0 is no limit. */
  static long mostBytes(long maxBytes, long maxPhysicalBytes) {
    long bytes = maxBytes > 0 ? maxBytes : Long.MAX_VALUE;
    return maxPhysicalBytes > 0 ? Math.min(bytes, maxPhysicalBytes) : bytes;
  }

  /** Returns the shape after the layers, or null if it is not known. */
  private @Nullable Shape add(Shape input, List<LayerSpec> layers, String prefix) {
    requireSample("Network", input);
    Shape shape = input;
    for (int i = 0; i < layers.size() && shape != null; i++) {
      LayerSpec layer = layers.get(i);
      String place = prefix + "layer " + (i + 1) + " of " + layers.size() + ", ";
      shape =
          layer instanceof NetworkSpec nested
              ? add(shape, nested.layers(), place)
              : add(shape, layer, place + layer);
    }
    return shape;
  }

  private @Nullable Shape add(Shape input, LayerSpec layer, String who) {
    Size size = layer instanceof SizedSpec sized ? sized.size(input) : null;
    if (size == null) {
      return null;
    }
    require(who, size.parameters());
    return size.output();
  }

  private static void requireSample(String who, Shape sample) {
    Require.that(
        sample.size() <= MAX_ELEMENTS,
        who,
        "an input of at most " + MAX_ELEMENTS + " elements",
        sample + ", " + sample.size() + " elements",
        "split each sample into smaller ones");
  }

  /**
   * Adds parameters. A sample has at most 2³¹ elements and a layer at most 2³¹ units, so no product
   * overflows.
   */
  private void require(String who, long more) {
    parameters += more;
    String found =
        more
            + " in this layer, "
            + parameters
            + " with those before it, "
            + mebibytes(parameters * type.width())
            + " of "
            + type;
    Require.that(
        parameters <= MAX_ELEMENTS,
        who,
        "at most " + MAX_ELEMENTS + " parameters",
        found,
        "choose fewer units or inputs");
    long bytes = COPIES * parameters * type.width();
    Require.that(
        bytes <= mostBytes,
        who,
        "parameters that take at most "
            + mebibytes(mostBytes)
            + " outside the heap while they are built ("
            + COPIES
            + " times their size)",
        found,
        "choose fewer units or inputs, or raise -Xmx, -Dorg.bytedeco.javacpp.maxbytes and"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes");
  }

  private static String mebibytes(long bytes) {
    return Math.round(bytes / MIB) + " MiB";
  }
}
