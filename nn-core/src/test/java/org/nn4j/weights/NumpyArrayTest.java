package org.nn4j.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.weights.Fixtures.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.io.ModelFormatException;

class NumpyArrayTest {
  @ParameterizedTest
  @ValueSource(strings = {"little", "big", "half", "big_half", "double", "fortran"})
  void aMatrixInEachForm(String name) throws IOException {
    INDArray array = Weights.read(file("arrays.npz")).tensor(name);
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(doubles(array)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "scalar, F32, 2.5, ",
    "vector, F64, 1.5, -2",
    "int8, I8, -1, 2",
    "int16, I16, -1, 2",
    "int32, I32, -1, 2",
    "int64, I64, -1, 1152921504606846976",
    "uint8, U8, 200, 2",
    "uint16, U16, 60000, 2",
    "uint32, U32, 4000000000, 2",
    "uint64, U64, 4611686018427387904, 2",
    "boolean, BOOL, 1, 0",
  })
  void elementsOfEachType(String name, String type, double first, Double second)
      throws IOException {
    Weights weights = Weights.read(file("arrays.npz"));
    double[] expected = second == null ? new double[] {first} : new double[] {first, second};
    assertThat(doubles(weights.tensor(name))).isEqualTo(expected);
    assertThat(weights.toString().lines())
        .contains(name + (second == null ? " [] " : " [2] ") + type);
  }

  @Test
  void arraysOfOtherRanksAndVersions() throws IOException {
    Weights weights = Weights.read(file("arrays.npz"));
    double[] numbers = new double[24];
    Arrays.setAll(numbers, i -> i);
    assertThat(doubles(weights.tensor("fortran_cube"))).containsExactly(numbers);
    assertThat(weights.tensor("fortran_cube").shape()).containsExactly(2, 3, 4);
    assertThat(weights.tensor("empty").shape()).containsExactly(0, 3);
    for (String version : new String[] {"version-2", "version-3"}) {
      INDArray array = Weights.read(file(version + ".npy")).tensor(version);
      assertThat(doubles(array)).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "objects | floating-point numbers, integers or booleans, found '|O', a pickle of objects;",
        "text | found '<U2'; convert it in Python: array.astype('float32');",
        "complex | found '<c8';",
        "uint64_large | expected elements that fit the data type LONG, found 2^63 or more;",
      })
  void otherElementsAreRefusedWhenTheyAreRead(String name, String found) throws IOException {
    Weights weights = Weights.read(file("arrays.npz"));
    assertThatThrownBy(() -> weights.tensor(name))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("'" + name + "': expected ")
        .hasMessageContaining(found);
  }

  private static byte[] array(String header, int elements) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(10 + text.length + elements)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }  \n",
        "{'shape':(2),'fortran_order':True,'descr':'<f4'}",
        "{ 'fortran_order' : False , 'descr' : '<f4' , 'shape' : ( 2 , 1 ) , } \n",
      })
  void headersInAnyOrderAndSpacing(String header, @TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("x.npy"), array(header, 8));
    assertThat(doubles(Weights.read(file).tensor("x"))).containsExactly(0, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'descr': '<f4', 'fortran_order': False} | a header of one descr, fortran_order and shape",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)} | a header of one descr",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 'y'} | a header of one",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (2,)} | a header of one",
        "{'descr': True, 'fortran_order': False, 'shape': (2,)} | a header of one",
        "{'descr': '<f4', 'fortran_order': (1,), 'shape': 'a'} | a header of one",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)} | found {'descr': [('a'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} + exit() | found {'descr'",
        "__import__('os') | found __import__('os');",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,2)} | a shape of integers below 10^18",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,,1)} | a shape of integers",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000000000,)} | a shape of int",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} | 12 bytes of elements, for <f4 of"
            + " shape [3], found 8; write it again with numpy.save;",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} | 4 bytes of elements, for <f4",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (99999999999,99999999999)} | fewer than"
            + " 2^63 elements, found [99999999999, 99999999999]",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (3,999999999999999999)} | than 2^63 bytes",
      })
  void otherHeadersAreRefused(String header, String expected, @TempDir Path folder)
      throws IOException {
    Path file = Files.write(folder.resolve("x.npy"), array(header, 8));
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("array 'x': expected ")
        .hasMessageContaining(expected);
  }

  @Test
  void lengthsAndVersionsOfHeaders(@TempDir Path folder) throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (), }";
    byte[] content = array(header, 4);
    content[6] = 4;
    Path version = Files.write(folder.resolve("x.npy"), content);
    assertThatThrownBy(() -> Weights.read(version))
        .hasMessageContaining("expected the first bytes of an NPY array of version 1, 2 or 3");
    Path wide = Files.write(folder.resolve("y.npy"), array(header + " ".repeat(10_000), 4));
    assertThatThrownBy(() -> Weights.read(wide))
        .hasMessageContaining("expected a header of at most 10000 bytes, found 10055;");
    Path cut = Files.write(folder.resolve("z.npy"), Arrays.copyOf(array(header, 4), 30));
    assertThatThrownBy(() -> Weights.read(cut)).hasMessageContaining("expected 55 bytes, found 20");
    String dimensions = "1,".repeat(33);
    Path deep =
        Files.write(
            folder.resolve("d.npy"), array(header.replace("()", "(" + dimensions + ")"), 4));
    assertThatThrownBy(() -> Weights.read(deep))
        .hasMessageContaining("expected at most 32 dimensions, found 33");
  }

  private static Path archive(Path folder, String entry, byte[] content) throws IOException {
    Path file = folder.resolve("x.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return file;
  }

  @Test
  void otherArchivesAreRefused(@TempDir Path folder) throws IOException {
    Path text = archive(folder, "notes.txt", new byte[1]);
    assertThatThrownBy(() -> Weights.read(text))
        .hasMessageContaining(
            "found a ZIP file with 'notes.txt'; save one of these formats; see docs/");
    Path keras = archive(folder, "model.weights.h5", new byte[1]);
    assertThatThrownBy(() -> Weights.read(keras))
        .hasMessageContaining("found a ZIP file with 'model.weights.h5'; save arrays in Keras: ");
    byte[] whole = Files.readAllBytes(file("keras.npz"));
    Path half = Files.write(folder.resolve("h.npz"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Weights.read(half))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("archive: expected content of a ZIP file, found ");
  }

  /** A little file of zeros that unpacks to much is listed; only what a network needs is read. */
  @Test
  void sizesInAnArchiveAreNotBelieved(@TempDir Path folder) throws IOException {
    byte[] content =
        array("{'descr': '<f4', 'fortran_order': False, 'shape': (2500000,), }", 10_000_000);
    Path file = archive(folder, "x.npy", content);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isLessThan(20_000);
    assertThat(Weights.read(file).toString()).isEqualTo("x [2500000] F32");
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 2_000_000_000);
    Path lying = Files.write(folder.resolve("lying.npz"), bytes);
    assertThatThrownBy(() -> Weights.read(lying))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(
            "entry 'x.npy': expected a size that fits the file, found 2000000000 bytes, ");
  }
}
