package org.nn4j.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.ElementType;
import org.nn4j.io.ModelFormatException;

/** Functions and classes of Python that the pickle of a state_dict may name. */
enum TorchName {
  DICTIONARY("collections.OrderedDict", null),
  TENSOR("torch._utils._rebuild_tensor_v2", null),
  PARAMETER("torch._utils._rebuild_parameter", null),
  DOUBLES("torch.DoubleStorage", ElementType.F64),
  FLOATS("torch.FloatStorage", ElementType.F32),
  HALVES("torch.HalfStorage", ElementType.F16),
  BRAIN_FLOATS("torch.BFloat16Storage", ElementType.BF16),
  LONGS("torch.LongStorage", ElementType.I64),
  INTS("torch.IntStorage", ElementType.I32),
  SHORTS("torch.ShortStorage", ElementType.I16),
  CHARS("torch.CharStorage", ElementType.I8),
  BYTES("torch.ByteStorage", ElementType.U8),
  BOOLEANS("torch.BoolStorage", ElementType.BOOL);

  private final String text;
  private final @Nullable ElementType type;

  TorchName(String text, @Nullable ElementType type) {
    this.text = text;
    this.type = type;
  }

  static Optional<TorchName> of(String text) {
    return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
  }

  /** The type of the elements, for a class of storages. */
  Optional<ElementType> type() {
    return Optional.ofNullable(type);
  }

  /** Returns the result of a call of the function. */
  Object call(CallArguments arguments) throws ModelFormatException {
    if (this == DICTIONARY && arguments.count() == 0) {
      return new LinkedHashMap<>();
    } else if (this == TENSOR) {
      return TorchTensor.of(arguments);
    } else if (this == PARAMETER) {
      return arguments.get(0, TorchTensor.class);
    }
    throw arguments.wrong(
        "calls that make tensors and empty dictionaries",
        text + " with " + arguments.count() + " arguments");
  }
}
