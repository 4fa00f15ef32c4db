package org.nn4j.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.weights.Fixtures.file;

import java.io.IOException;
import java.io.OutputStream;
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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.io.ModelFormatException;

class TorchFileTest {
  private static void assertTensor(String name, String type, long[] shape, double... elements)
      throws IOException {
    Weights weights = Weights.read(file("views.pt"));
    INDArray tensor = weights.tensor(name);
    assertThat(tensor.shape()).as(name).isEqualTo(shape);
    assertThat(doubles(tensor)).as(name).containsExactly(elements);
    assertThat(weights.toString().lines())
        .contains(name + " " + Arrays.toString(shape) + " " + type);
  }

  @Test
  void viewsOfStorages() throws IOException {
    double[] numbers = new double[24];
    double[] transposed = new double[24];
    double[] permuted = new double[24];
    for (int i = 0; i < 24; i++) {
      numbers[i] = i;
      transposed[i] = i % 4 * 6 + i / 4;
      permuted[i] = i / 6 + 12 * (i / 3 % 2) + 4 * (i % 3);
    }
    assertTensor("matrix", "F32", new long[] {4, 6}, numbers);
    assertTensor("transposed", "F32", new long[] {6, 4}, transposed);
    assertTensor("permuted", "F32", new long[] {4, 2, 3}, permuted);
    assertTensor("column", "F32", new long[] {4}, 2, 8, 14, 20);
    assertTensor("block", "F32", new long[] {2, 3}, 7, 9, 11, 13, 15, 17);
    assertTensor("scalar", "F32", new long[0], 2.5);
    assertTensor("parameter", "F32", new long[] {2}, 1, 2);
    assertThat(Weights.read(file("views.pt")).tensor("empty").shape()).containsExactly(0, 3);
  }

  @Test
  void tensorsWithinListsAndDictionaries() throws IOException {
    assertTensor("nested.0.a", "F32", new long[] {1}, 3);
    assertTensor("nested.1.0", "F32", new long[] {1}, 4);
    assertTensor("cycle.0", "F32", new long[] {1}, 7);
    assertThat(Weights.read(file("views.pt")).names()).hasSize(17);
    assertThat(Weights.read(file("lone.pt")).names()).containsExactly("lone");
    assertThat(Weights.read(file("checkpoint.pt")).names())
        .contains("model.fc1.weight", "optimizer.state.0.exp_avg");
  }

  @Test
  void elementsOfEachType() throws IOException {
    assertTensor("int64", "I64", new long[] {2}, 0x1p60, -1);
    assertTensor("int32", "I32", new long[] {2}, 0x1p30, -1);
    assertTensor("int16", "I16", new long[] {2}, 0x1p14, -1);
    assertTensor("int8", "I8", new long[] {2}, 64, -1);
    assertTensor("uint8", "U8", new long[] {2}, 200, 1);
    assertTensor("bool", "BOOL", new long[] {2}, 1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "before-1.6.pt | byte 0: | found a file of PyTorch before 1.6, or of its format;",
        "module.pt | of data.pkl: expected tensors, dictionaries and lists, without functions and"
            + " classes of Python, | found torch.nn.modules.linear.Linear; save the tensors alone"
            + " in Python: torch.save(model.state_dict(), file);",
        "script.pt | of data.pkl: | found __torch__.torch.nn.modules.linear.Linear;",
        "complex.pt | of data.pkl: | found torch.ComplexFloatStorage;",
        "expanded.pt | of data.pkl: expected a tensor of elements of its storage, each once, |"
            + " found shape [3], strides [0] and offset 0 in 1 elements;",
      })
  void otherFilesOfPyTorchAreRefusedByName(String name, String place, String found) {
    assertThatThrownBy(() -> Weights.read(file(name)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(found);
  }

  /** An archive without compression. */
  private static Path archive(Path folder, byte[] pickle, String... entries) throws IOException {
    Path file = folder.resolve("made.pt");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      Fixtures.store(zip, "made/data.pkl", pickle);
      for (int i = 0; i < entries.length; i += 2) {
        Fixtures.store(zip, entries[i], entries[i + 1].getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return file;
  }

  private static byte[] pickle(String program) {
    return program.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final String STORAGE =
      "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0000X\3\0\0\0cpuK\2tQ";

  private static String tensor(String storage, String offset, String shape, String strides) {
    return "X\1\0\0\0actorch._utils\n_rebuild_tensor_v2\n("
        + storage
        + offset
        + shape
        + strides
        + "\u0089)tR";
  }

  private static String dictionary(String tensor) {
    return "\u0080\2}(" + tensor + "u.";
  }

  @Test
  void bigEndianNumbersOfAHandWrittenFile(@TempDir Path folder) throws IOException {
    Path file =
        archive(
            folder,
            pickle(dictionary(tensor(STORAGE, "K\0", "K\2\u0085", "K\1\u0085"))),
            "made/data/0",
            "\77\u0080\0\0\100\0\0\0",
            "made/byteorder",
            "big");
    assertThat(doubles(Weights.read(file).tensor("a"))).containsExactly(1, 2);
    Path middle = archive(folder, pickle("\u0080\2}."), "made/byteorder", "middle");
    assertThatThrownBy(() -> Weights.read(middle))
        .hasMessageContaining("entry 'made/byteorder': expected little or big, found middle;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "K\\1       | K\\2\\205     | K\\1\\205 | found shape [2], strides [1] and offset 1 in 2",
        "K\\0       | K\\3\\205     | K\\1\\205 | found shape [3], strides [1] and offset 0 in 2",
        "K\\0       | K\\2\\205     | K\\2\\205 | found shape [2], strides [2] and offset 0 in 2",
        "K\\0       | K\\2\\205     | )         | found 1 dimensions and 0 strides",
        "J\\377\\377\\377\\377 | K\\2\\205 | K\\1\\205 | integers of 0 or more, found -1",
        "N          | K\\2\\205     | K\\1\\205 | expected a value of the kind Long, found None",
        "K\\0       | (\\212\\10\\377\\377\\377\\377\\377\\377\\377\\177\\212\\10\\377\\377\\377\\377\\377\\377\\377\\177t"
            + " | K\\1K\\1\\206 | found shape [9223372036854775807, 9223372036854775807]",
      })
  void aTensorOutsideItsStorageIsRefused(
      String offset, String shape, String strides, String found, @TempDir Path folder)
      throws IOException {
    String program = dictionary(tensor(STORAGE, octal(offset), octal(shape), octal(strides)));
    Path file = archive(folder, pickle(program), "made/data/0", "12345678");
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(found);
  }

  private static String octal(String text) {
    return text.translateEscapes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cos\\nsystem\\nX\\2\\0\\0\\0ls\\205R. | without functions and classes of Python, found os.system;",
        "cbuiltins\\neval\\n. | found builtins.eval;",
        "X\\2\\0\\0\\0osX\\6\\0\\0\\0system\\223. | found os.system;",
        "cposix.system\\n\\n. | found posix.system.;",
        "(S'ls'\\nios\\nsystem\\n. | expected the instructions of a state_dict, found instruction 0x53;",
        "(ios\\nsystem\\n. | found instruction 0x69;",
        "ccollections\\nOrderedDict\\n)\\201. | found instruction 0x81;",
        "\\202\\1. | found instruction 0x82;",
        "B\\1\\0\\0\\0x. | found instruction 0x42;",
        "ccollections\\nOrderedDict\\n]\\205R. | empty dictionaries, found collections.OrderedDict with 1 arguments;",
        "ctorch\\nFloatStorage\\n)R. | expected calls that make tensors and empty dictionaries, found torch.FloatStorage with 0 arguments;",
        "ctorch._utils\\n_rebuild_parameter\\n(K\\1tR. | expected a value of the kind TorchTensor, found Long;",
        "ctorch._utils\\n_rebuild_parameter\\n)R. | expected argument 0, found 0 arguments;",
        "NNR. | expected a value of the kind TorchName, found None;",
        "(X\\6\\0\\0\\0moduleNNNNtQ. | of the kind TorchName, found None;",
        "(X\\6\\0\\0\\0modulectorch\\nFloatStorage\\nX\\1\\0\\0\\0aNK\\1tQ. | expected a storage of numbers, found module",
        "]K\\1b. | expected a value of the kind Map, found ArrayList;",
        "}NNs. | expected keys that are strings or integers, found None;",
        "}(NNNu. | expected a value for each key, found 3 values and keys;",
        "u. | expected a mark on the stack, found none;",
        "s. | expected 2 values on the stack, found 0;",
        "q\\0. | expected a value on the stack, found none;",
        "h\\5. | expected a value at 5 of the memo, found none;",
        "X\\377\\377\\377\\377. | expected 4294967295 more bytes, found 1;",
        "\\212\\11\\1\\1\\1\\1\\1\\1\\1\\1\\1. | expected integers below 2^63, found a larger one;",
        "\\200\\6. | expected protocol 5 or older, found a newer one;",
        "N | expected 1 more bytes, found 0;",
        ". | expected 1 values on the stack, found 0;",
        "}X\\1\\0\\0\\0ah\\0s. | expected a value at 0 of the memo",
      })
  void anythingElseInAPickleIsRefusedByName(String program, String found, @TempDir Path folder)
      throws IOException {
    Path file = archive(folder, pickle(octal(program)));
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(found)
        .hasMessageContaining("of data.pkl: expected ");
  }

  @Test
  void deepAndRepeatedValuesEndSoon(@TempDir Path folder) throws IOException {
    Path deep = archive(folder, pickle("]".repeat(101) + "a".repeat(100) + "."));
    assertThat(Weights.read(deep).names()).isEmpty();
    Path deeper = archive(folder, pickle("]".repeat(1_000_000) + "a".repeat(999_999) + "."));
    assertThatThrownBy(() -> Weights.read(deeper))
        .hasMessageContaining("entry 'made/data.pkl': expected at most 100 levels, found more;");
    StringBuilder doubled = new StringBuilder("]");
    for (int i = 0; i < 90; i++) { // each a list of twice the one before
      doubled.append("q\0](h\0h\0e");
    }
    assertThat(Weights.read(archive(folder, pickle(doubled + "."))).names()).isEmpty();
    Path long0 = archive(folder, pickle("]".repeat(4_000_001)));
    assertThatThrownBy(() -> Weights.read(long0))
        .hasMessageContaining("expected at most 4000000 bytes, found 4000001;");
  }

  @Test
  void storagesMustBeThereWholeAndUncompressed(@TempDir Path folder) throws IOException {
    byte[] pickle = pickle(dictionary(tensor(STORAGE, "K\0", "K\2\u0085", "K\1\u0085")));
    Path none = archive(folder, pickle);
    assertThatThrownBy(() -> Weights.read(none))
        .hasMessageContaining(
            "entry 'made/data/0': expected an entry without compression, found none;");
    Path small = archive(folder, pickle, "made/data/0", "1234567");
    assertThatThrownBy(() -> Weights.read(small))
        .hasMessageContaining("entry 'made/data/0': expected 2 elements of F32, found 7 bytes;");
    Path packed = folder.resolve("packed.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(pickle);
    }
    assertThatThrownBy(() -> Weights.read(packed))
        .hasMessageContaining("expected an entry without compression, found compression;");
  }

  @Test
  void flippedBitsAreFound(@TempDir Path folder) throws IOException {
    byte[] content = Files.readAllBytes(file("lone.pt"));
    int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("\0\0\u0080\77\0\0\0\100");
    content[at + 2] ^= 1;
    Path file = Files.write(folder.resolve("lone.pt"), content);
    Weights weights = Weights.read(file);
    assertThatThrownBy(() -> weights.tensor("lone"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("entry 'lone/data/0': expected CRC-32 ");
  }
}
