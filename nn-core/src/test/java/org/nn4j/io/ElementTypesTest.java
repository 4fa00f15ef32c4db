package org.nn4j.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors of each type that a safetensors file can have, from bytes that were written by hand. */
class ElementTypesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static byte[] hex(String digits) {
    byte[] bytes = new byte[digits.replace(" ", "").length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.replace(" ", ""), 2 * i, 2 * i + 2, 16);
    }
    return bytes;
  }

  /** A file with one tensor. */
  private static byte[] file(String dtype, int elements, byte[] data) {
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[0,%s]}}"
            .formatted(dtype, elements, data.length);
    byte[] file = Arrays.copyOf(SafetensorsTest.file(header, 0), 8 + header.length() + data.length);
    System.arraycopy(data, 0, file, 8 + header.length(), data.length);
    return file;
  }

  private static INDArray read(String dtype, int elements, byte[] data) throws IOException {
    byte[] file = file(dtype, elements, data);
    INDArray asked = SafetensorsReader.of(file, "a").read("x");
    INDArray all =
        requireNonNull(Safetensors.read(SafetensorsReader.of(file, "a")).tensors().get("x"));
    assertThat(asked.dataType()).isEqualTo(all.dataType());
    assertThat(doubles(asked.castTo(DataType.DOUBLE)))
        .isEqualTo(doubles(all.castTo(DataType.DOUBLE)));
    return asked;
  }

  private static float[] floats(String dtype, String data) throws IOException {
    byte[] bytes = hex(data);
    INDArray array = read(dtype, bytes.length / 2, bytes);
    assertThat(array.dataType()).isEqualTo(DataType.FLOAT);
    return array.toFloatVector();
  }

  @Test
  void halfFloats() throws IOException {
    // 1, -2, the largest, the smallest normal, the largest and smallest denormal, 1/3 rounded
    assertThat(floats("F16", "003c 00c0 ff7b 0004 ff03 0100 5535"))
        .containsExactly(1, -2, 65504, 0x1p-14f, 1023 * 0x1p-24f, 0x1p-24f, 0.33325195f);
    assertThat(floats("F16", "0000 0080 007c 00fc 0180"))
        .containsExactly(0f, -0f, INFINITY, -INFINITY, -0x1p-24f);
    assertThat(floats("F16", "007e 017c ffff")).containsExactly(Float.NaN, Float.NaN, Float.NaN);
  }

  /** Of all 65,536, those that are numbers are in order, and halves of a sign are mirrored. */
  @Test
  void everyHalfFloat() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, 1 << 16).forEach(bits -> all.putShort((short) bits));
    float[] numbers = read("F16", 1 << 16, all.array()).toFloatVector();
    float before = -1;
    for (int bits = 0; bits < 0x8000; bits++) {
      float number = numbers[bits];
      float negative = numbers[bits | 0x8000];
      if (bits <= 0x7c00) {
        assertThat(number).isGreaterThan(before);
        assertThat(Float.floatToRawIntBits(negative))
            .isEqualTo(Float.floatToRawIntBits(number) ^ 0x80000000);
        before = number;
      } else {
        assertThat(number).isNaN();
        assertThat(negative).isNaN();
      }
    }
  }

  @Test
  void brainFloats() throws IOException {
    // 1, -2.5, the largest, the smallest normal, the smallest denormal
    assertThat(floats("BF16", "803f 20c0 7f7f 8000 0100"))
        .containsExactly(1, -2.5f, 0x1.fep127f, 0x1p-126f, 0x1p-133f);
    assertThat(floats("BF16", "0000 0080 807f 80ff")).containsExactly(0f, -0f, INFINITY, -INFINITY);
    assertThat(floats("BF16", "c07f 817f ffff")).containsExactly(Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void floatsAndDoubles() throws IOException {
    INDArray single = read("F32", 4, hex("0000803f 01000000 000080ff 0000c07f"));
    assertThat(single.toFloatVector()).containsExactly(1, Float.MIN_VALUE, -INFINITY, Float.NaN);
    INDArray large = read("F64", 3, hex("000000000000f03f 0100000000000000 000000000000f07f"));
    assertThat(large.dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(large.toDoubleVector())
        .containsExactly(1, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({
    "I64, LONG, 0100000000000000 ffffffffffffffff 0100000000002000 ffffffffffffff7f"
        + " 0000000000000080, 1 -1 9007199254740993 9223372036854775807 -9223372036854775808",
    "I32, INT, 01000000 ffffffff ffffff7f 00000080, 1 -1 2147483647 -2147483648",
    "I16, SHORT, 0100 ffff ff7f 0080, 1 -1 32767 -32768",
    "I8, BYTE, 01 ff 7f 80, 1 -1 127 -128",
    "U64, LONG, 0100000000000000 0100000000002000 ffffffffffffff7f,"
        + " 1 9007199254740993 9223372036854775807",
    "U32, LONG, 01000000 ffffffff 00000080, 1 4294967295 2147483648",
    "U16, INT, 0100 ffff 0080, 1 65535 32768",
    "U8, UBYTE, 01 ff 7f 80 00, 1 255 127 128 0",
    "BOOL, BOOL, 01 00 00 01, 1 0 0 1",
  })
  void integersAndBooleans(String dtype, DataType type, String data, String numbers)
      throws IOException {
    long[] expected = Arrays.stream(numbers.split(" ")).mapToLong(Long::parseLong).toArray();
    INDArray array = read(dtype, expected.length, hex(data));
    assertThat(array.dataType()).isEqualTo(type);
    assertThat(IntStream.range(0, expected.length).mapToLong(i -> array.getLong(i)))
        .containsExactly(Arrays.stream(expected).boxed().toArray(Long[]::new));
  }

  @Test
  void unsignedNumbersThatNoLongHoldsAreRefused() {
    byte[] file = file("U64", 1, hex("0000000000000080"));
    assertThatThrownBy(() -> SafetensorsReader.of(file, "a").read("x"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file a, tensor 'x': expected elements that fit the data type LONG, found 2^63 or"
                + " more; convert the tensor to F64; see docs/troubleshooting.md#model-file");
  }

  /** As PyTorch writes a network with batch normalization, and one that was quantized. */
  @Test
  void otherTensorsAreReadBesideOnesThatAreNot(@TempDir Path folder) throws IOException {
    String header =
        "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]},"
            + "\"2.packed\":{\"dtype\":\"F8_E4M3\",\"shape\":[3],\"data_offsets\":[16,19]},"
            + "\"3.none\":{\"dtype\":\"F4\",\"shape\":[0],\"data_offsets\":[19,19]},"
            + "\"4.mask\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[19,20]}}";
    byte[] bytes = SafetensorsTest.file(header, 20);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(8 + header.length(), 3)
        .putFloat(12 + header.length(), 4)
        .putLong(16 + header.length(), 12345)
        .put(27 + header.length(), (byte) 1);
    Path file = Files.write(folder.resolve("torch.safetensors"), bytes);
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      assertThat(reader.header().tensors())
          .extracting(TensorInfo::type)
          .containsExactly(
              DataType.FLOAT, DataType.INT64, DataType.UNKNOWN, DataType.UNKNOWN, DataType.BOOL);
      assertThat(reader.header().tensors())
          .extracting(TensorInfo::length)
          .containsExactly(2L, 1L, 3L, 0L, 1L);
      assertThat(reader.read("4.mask").getInt(0)).isEqualTo(1);
      assertThat(reader.read("1.num_batches_tracked").getLong(0)).isEqualTo(12345);
      assertThat(reader.read("1.num_batches_tracked").rank()).isZero();
      assertThat(reader.read("0.weight").shape()).containsExactly(1, 2);
      assertThat(reader.read("0.weight").toFloatMatrix()[0]).containsExactly(3, 4);
      assertThatThrownBy(() -> reader.read("2.packed"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(
              "model file "
                  + file
                  + ", tensor '2.packed': expected dtype F64, F32, F16, BF16, I64 to I8, U64 to U8"
                  + " or BOOL, found F8_E4M3; convert the tensor to F32, or read the other tensors"
                  + " by name; see docs/troubleshooting.md#model-file");
      assertThatThrownBy(() -> reader.read("5"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(
              "tensors: expected one named '5', found only 0.weight, 1.num_batches_tracked,"
                  + " 2.packed, 3.none, 4.mask; name one of these");
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 12));
      assertThatThrownBy(() -> reader.read("4.mask"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("found its end; do not change a file while it is read");
    }
  }

  @Test
  void whatIsReadCanBeWrittenAgain(@TempDir Path folder) throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("long", Nd4j.createFromArray(1L << 62 | 1, -5L));
    tensors.put("int", Nd4j.createFromArray(1 << 30 | 1, -5));
    tensors.put("short", Nd4j.createFromArray((short) 300, (short) -5));
    tensors.put("byte", Nd4j.createFromArray((byte) 100, (byte) -5));
    tensors.put("ubyte", Nd4j.createFromArray(200, 5).castTo(DataType.UINT8));
    tensors.put("bool", Nd4j.createFromArray(true, false));
    tensors.put("float", Nd4j.createFromArray(0.5f, -0f));
    Path file = folder.resolve("x");
    new Safetensors(tensors, Map.of()).write(file);
    Safetensors read = Safetensors.read(file);
    assertThat(read.tensors()).hasSameSizeAs(tensors);
    tensors.forEach(
        (name, tensor) -> {
          INDArray found = requireNonNull(read.tensors().get(name));
          assertThat(found.dataType()).as(name).isEqualTo(tensor.dataType());
          assertThat(found.getLong(0)).as(name).isEqualTo(tensor.getLong(0));
          assertThat(found.getDouble(1)).as(name).isEqualTo(tensor.getDouble(1));
        });
  }

  @Test
  void moreThanAPiece(@TempDir Path folder) throws IOException {
    int n = 300_001;
    Path file = folder.resolve("x");
    new Safetensors(Map.of("x", Nd4j.arange(n).castTo(DataType.INT64)), Map.of()).write(file);
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      INDArray read = reader.read("x");
      assertThat(read.toLongVector()).isEqualTo(IntStream.range(0, n).asLongStream().toArray());
    }
  }
}
