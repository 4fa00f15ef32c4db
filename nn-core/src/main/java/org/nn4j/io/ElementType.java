package org.nn4j.io;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** The element types that are read and written, by their name in a header. */
enum ElementType {
  F32(DataType.FLOAT),
  F64(DataType.DOUBLE);

  private final DataType type;

  ElementType(DataType type) {
    this.type = type;
  }

  DataType type() {
    return type;
  }

  static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(element -> element.name().equals(name)).findFirst();
  }

  static Optional<ElementType> of(DataType type) {
    return Arrays.stream(values()).filter(element -> element.type == type).findFirst();
  }
}
