package org.nn4j.weights;

import org.nn4j.internal.ElementType;
import org.nn4j.io.ModelFormatException;

/**
 * Numbers that tensors of a PyTorch file share.
 *
 * @param type the type of the numbers
 * @param key the name of their entry in the archive
 * @param length how many there are
 */
record TorchStorage(ElementType type, String key, long length) {
  private static final String KIND = "storage";

  /** Reads {@code ('storage', class, key, device, length)}. */
  static TorchStorage of(CallArguments id) throws ModelFormatException {
    String kind = id.get(0, String.class);
    TorchName name = id.get(1, TorchName.class);
    if (!kind.equals(KIND) || name.type().isEmpty()) {
      throw id.wrong("a storage of numbers", kind + " " + name);
    }
    return new TorchStorage(name.type().get(), id.get(2, String.class), id.size(4));
  }
}
