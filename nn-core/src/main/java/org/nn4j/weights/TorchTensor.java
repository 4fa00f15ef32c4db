package org.nn4j.weights;

import java.nio.ByteOrder;
import java.util.List;
import org.nn4j.io.ModelFormatException;

/**
 * Tensor of a PyTorch file: a view of a storage.
 *
 * @param storage the numbers
 * @param offset the index of the first element
 * @param shape the dimensions
 * @param strides the distance between neighbors of each dimension
 */
record TorchTensor(TorchStorage storage, long offset, List<Long> shape, List<Long> strides) {

  /** Reads {@code (storage, offset, shape, strides, ...)}. */
  static TorchTensor of(CallArguments call) throws ModelFormatException {
    TorchTensor tensor =
        new TorchTensor(
            call.get(0, TorchStorage.class), call.size(1), call.sizes(2), call.sizes(3));
    if (tensor.shape.size() != tensor.strides.size()
        || tensor.shape.size() > StridedElements.MAX_RANK) {
      throw call.wrong(
          "a stride for each of at most " + StridedElements.MAX_RANK + " dimensions",
          tensor.shape.size() + " dimensions and " + tensor.strides.size() + " strides");
    }
    if (!tensor.fits()) {
      throw call.wrong(
          "a tensor of elements of its storage, each once",
          "shape "
              + tensor.shape
              + ", strides "
              + tensor.strides
              + " and offset "
              + tensor.offset
              + " in "
              + tensor.storage.length()
              + " elements");
    }
    return tensor;
  }

  private boolean fits() {
    StridedElements elements = elements(ByteOrder.LITTLE_ENDIAN);
    try {
      return elements.count() <= storage.length()
          && Math.addExact(offset, elements.extent()) <= storage.length();
    } catch (ArithmeticException e) {
      return false;
    }
  }

  StridedElements elements(ByteOrder order) {
    return new StridedElements(storage.type(), order, offset, shape, strides);
  }
}
