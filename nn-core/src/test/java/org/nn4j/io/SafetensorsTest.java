package org.nn4j.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.file.AtomicFile;

class SafetensorsTest {
  private static final String X = "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  static byte[] bytes(Map<String, INDArray> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Safetensors(tensors, metadata).writeTo(out);
    return out.toByteArray();
  }

  /** A file with this header and so many bytes of zeros after it. */
  static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Test
  void writesTheLayoutByteForByte() throws IOException {
    byte[] file =
        bytes(Map.of("x", Nd4j.createFromArray(new float[][] {{1, 2}, {3, -4}})), Map.of());
    // zlib.crc32(b"x F32 [2, 2] %08x\n" % zlib.crc32(struct.pack("<4f", 1, 2, 3, -4))) in Python
    String header =
        "{\"__metadata__\":{\"nn4j_crc32\":\"c1523ab9\"},"
            + "\"x\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";
    // 98 characters, padded to 104 with spaces.
    ByteBuffer expected = ByteBuffer.allocate(8 + 104 + 16).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(104).put((header + " ".repeat(104 - header.length())).getBytes(UTF_8));
    expected.putFloat(1).putFloat(2).putFloat(3).putFloat(-4);
    assertThat(file).isEqualTo(expected.array());
  }

  @Test
  void whatIsWrittenIsReadBackBitForBit(@TempDir Path folder) throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("float", random(1, FLOAT, 3, 4, 5));
    tensors.put("transposed", random(2, FLOAT, 6, 7).transpose());
    tensors.put("double", random(3, DOUBLE, 9));
    tensors.put("scalar", Nd4j.scalar(DOUBLE, Double.NEGATIVE_INFINITY));
    tensors.put("empty", Nd4j.create(FLOAT, 0));
    tensors.put("strange \"name\"\n ü", Nd4j.createFromArray(new float[] {Float.NaN, -0f}));
    tensors.put("more than a piece", random(4, FLOAT, 300_001));
    Map<String, String> metadata = Map.of("key", "väl\"ue", "empty", "");
    Path file = folder.resolve("x.safetensors");

    new Safetensors(tensors, metadata).write(file);

    Safetensors read = Safetensors.read(file);
    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(read.tensors()).containsOnlyKeys(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          INDArray found = requireNonNull(read.tensors().get(name));
          assertThat(found.shape()).as(name).isEqualTo(tensor.shape());
          assertThat(found.dataType()).as(name).isEqualTo(tensor.dataType());
          if (!tensor.isEmpty()) {
            assertThat(doubles(found)).as(name).isEqualTo(doubles(tensor));
          }
        });
  }

  @Test
  void eachTensorBeginsAtAMultipleOfItsWidth() throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("odd", random(1, FLOAT, 3));
    tensors.put("wide", random(2, DOUBLE, 2));
    SafetensorsReader reader = SafetensorsReader.of(bytes(tensors, Map.of("a", "b")), "x");
    assertThat(reader.header().tensors())
        .extracting(TensorInfo::name, TensorInfo::begin)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("wide", 0L),
            org.assertj.core.groups.Tuple.tuple("odd", 16L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 8 | data: expected 0 bytes after the header, found 8 bytes",
        "[] | 0 | byte 8: expected a header that begins with '{', found byte 0x5b",
        "{}x | 0 | header: expected valid JSON",
        "{}{} | 0 | header: expected nothing but spaces after the header's object, found {",
        "{X,X} | 8 | header: expected valid JSON with unique names, found Duplicate field 'x' at"
            + " character",
        "{X} | 7 | data: expected 8 bytes after the header, found 7 bytes",
        "{X} | 9 | data: expected 8 bytes after the header, found 9 bytes",
        "{`x`:{`dtype`:7,`shape`:[4],`data_offsets`:[0,8]}} | 8 | tensor 'x': expected a string"
            + " for 'dtype', found 7",
        "{`x`:{`dtype`:`F32`,`shape`:[3],`data_offsets`:[0,8]}} | 8 | tensor 'x': expected"
            + " data_offsets 12 bytes apart",
        "{`x`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[8,0]}} | 8 | tensor 'x': expected"
            + " data_offsets 8 bytes apart",
        "{`x`:{`dtype`:`F32`,`shape`:[-2],`data_offsets`:[0,8]}} | 8 | tensor 'x': expected integers"
            + " from 0",
        "{`x`:{`dtype`:`F32`,`shape`:[2.0],`data_offsets`:[0,8]}} | 8 | tensor 'x': expected integers"
            + " from 0",
        "{`x`:{`dtype`:`F32`,`shape`:[9223372036854775808],`data_offsets`:[0,8]}} | 8 | found"
            + " 9223372036854775808",
        "{`x`:{`dtype`:`F32`,`shape`:[4611686018427387904,4],`data_offsets`:[0,0]}} | 0 | expected"
            + " a shape of fewer than 2^63 bytes",
        "{`x`:{`dtype`:`F32`,`shape`:2,`data_offsets`:[0,8]}} | 8 | expected an array for 'shape',"
            + " found 2",
        "{`x`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,4,8]}} | 8 | expected data_offsets"
            + " [begin, end], found [0, 4, 8]",
        "{`x`:{`dtype`:`F32`,`shape`:[2]}} | 8 | expected dtype, shape and data_offsets, found"
            + " dtype F32, shape [2], data_offsets null",
        "{`x`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8],`z`:1}} | 8 | expected dtype, shape"
            + " and data_offsets alone, found 'z'",
        "{`x`:7} | 0 | tensor 'x': expected an object, found 7",
        "{`__metadata__`:{`a`:1}} | 0 | __metadata__: expected a string for 'a', found 1",
        "{X,`y`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[4,12]}} | 12 | tensor 'y': expected data"
            + " from byte 8 on, where the last ends, found 4",
        "{X,`y`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[12,20]}} | 20 | tensor 'y': expected"
            + " data from byte 8 on, where the last ends, found 12",
      })
  void refusesWhatTheFormatDoesNotAllow(String header, int dataBytes, String complaint) {
    byte[] file = file(header.replace("X", X).replace('`', '"'), dataBytes);
    assertThatThrownBy(() -> SafetensorsReader.of(file, "a.safetensors"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("model file a.safetensors, ")
        .hasMessageContaining(complaint);
  }

  @Test
  void refusesAHeaderLengthThatTheFileCannotHold() {
    for (long length : new long[] {3, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      byte[] file = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      assertThatThrownBy(() -> SafetensorsReader.of(file, "a"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(
              "byte 0: expected a safetensors file, which begins with the length of its header, here"
                  + " at most 2 bytes, found a length of "
                  + Long.toUnsignedString(length)
                  + " bytes; pass a safetensors file, or copy this one again if it is cut off;");
    }
    assertThatThrownBy(() -> SafetensorsReader.of(new byte[7], "a"))
        .hasMessageStartingWith(
            "model file a, byte 0: expected a safetensors file, of 8 bytes or more, found 7 bytes;"
                + " pass a safetensors file, or copy this one again if it is cut off");
  }

  @Test
  void refusesTextThatIsNotUtf8AndJsonThatIsTooDeep() {
    byte[] file = file("{\"x\":\"?\"}", 0);
    file[14] = (byte) 0xff;
    assertThatThrownBy(() -> SafetensorsReader.of(file, "a"))
        .hasMessageContaining("header: expected text in UTF-8");
    byte[] deep = file("{\"x\":" + "[".repeat(100_000), 0);
    assertThatThrownBy(() -> SafetensorsReader.of(deep, "a"))
        .isInstanceOf(ModelFormatException.class);
  }

  @Test
  void theExceptionHasItsParts() {
    assertThatThrownBy(() -> SafetensorsReader.of(file("{\"x\":7}", 0), "a"))
        .isInstanceOfSatisfying(
            ModelFormatException.class,
            e -> {
              assertThat(e.file()).isEqualTo("a");
              assertThat(e.place()).isEqualTo("tensor 'x'");
              assertThat(e.expected()).isEqualTo("an object");
              assertThat(e.found()).isEqualTo("7");
            });
  }

  @Test
  void refusesTensorsItCannotWrite() {
    assertThatThrownBy(
            () -> new Safetensors(Map.of("x", Nd4j.zeros(DataType.FLOAT16, 2)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "tensors of data type FLOAT, DOUBLE, LONG, INT, SHORT, BYTE, UBYTE or BOOL, found 'x'"
                + " of HALF");
    assertThatThrownBy(
            () -> new Safetensors(Map.of("__metadata__", Nd4j.zeros(FLOAT, 2)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsNoticed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x");
    new Safetensors(Map.of("x", random(1, FLOAT, 100_000)), Map.of()).write(file);
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 200_000));
      assertThatThrownBy(() -> reader.forEach((name, tensor) -> {}))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("tensor 'x'");
      assertThatThrownBy(() -> reader.forEach((name, tensor) -> {}))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNothingElse(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x");
    AtomicFile.write(file, out -> out.write(1));
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(Files.readAllBytes(file)).containsExactly(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anInterruptedThreadCanStillWrite(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x");
    Thread.currentThread().interrupt();
    AtomicFile.write(file, out -> out.write(1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.readAllBytes(file)).containsExactly(1);
  }

  @Test
  void aLinkedFileIsReplacedWhereItLies(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("real"), new byte[] {1});
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, out -> out.write(2));
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllBytes(file)).containsExactly(2);
  }

  @Test
  void everyBeginningOfAFileIsRefused() throws IOException {
    byte[] file = bytes(Map.of("x", random(1, FLOAT, 3)), Map.of("a", "b"));
    IntStream.range(0, file.length)
        .forEach(
            length ->
                assertThatThrownBy(() -> SafetensorsReader.of(Arrays.copyOf(file, length), "a"))
                    .isInstanceOf(ModelFormatException.class));
  }
}
