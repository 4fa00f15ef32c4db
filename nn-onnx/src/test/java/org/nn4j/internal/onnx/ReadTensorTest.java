package org.nn4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.protobuf.ByteString;

class ReadTensorTest {
  private static TensorProto.Builder six(TensorProto.DataType type) {
    return TensorProto.newBuilder().addDims(2).addDims(3).setDataType(type.getNumber());
  }

  @Test
  void halvesAreWidened() {
    double[] numbers = {1.5, -2, 0.25, 65504, 6e-8, 0};
    short[] halves = {0x3e00, (short) 0xc000, 0x3400, 0x7bff, 0x0001, (short) 0x8000};
    ByteBuffer raw = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    TensorProto.Builder typed = six(TensorProto.DataType.FLOAT16);
    for (short half : halves) {
      raw.putShort(half);
      typed.addInt32Data(half & 0xffff);
    }
    TensorProto.Builder bytes =
        six(TensorProto.DataType.FLOAT16).setRawData(ByteString.copyFrom(raw.array()));
    for (TensorProto.Builder tensor : List.of(typed, bytes)) {
      assertThat(ReadTensor.of(tensor.build()).doubles()).containsExactly(numbers, within(5e-8));
    }
    assertThat(ReadTensor.half((short) 0x7c00)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ReadTensor.half((short) 0xfc01)).isNaN();
  }

  @Test
  void brainFloatsAreWidened() {
    TensorProto.Builder brain = six(TensorProto.DataType.BFLOAT16);
    for (int i = 0; i < 6; i++) {
      brain.addInt32Data(0x3fc0);
    }
    assertThat(ReadTensor.of(brain.build()).doubles()).containsOnly(1.5);
  }
}
