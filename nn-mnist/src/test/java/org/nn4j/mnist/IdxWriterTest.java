package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.header;
import static org.nn4j.mnist.IdxFiles.join;
import static org.nn4j.mnist.IdxFiles.ubytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class IdxWriterTest {
  private final Path directory;

  IdxWriterTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Byte for byte as the format has it: magic, dimensions, elements, all big-endian. */
  @Test
  void fileIsTheHeaderAndTheElements() throws IOException {
    Path shorts = directory.resolve("shorts");
    Idx.of(ElementType.SHORT, new double[] {1, -2, 258}, 3, 1).write(shorts);
    assertThat(shorts).hasBinaryContent(join(header(0x0B, 3, 1), new byte[] {0, 1, -1, -2, 1, 2}));
    Path floats = directory.resolve("floats");
    Idx.of(ElementType.FLOAT, new double[] {0.1}, 1).write(floats);
    assertThat(floats)
        .hasBinaryContent(join(header(0x0D, 1), ByteBuffer.allocate(4).putFloat(0.1f).array()));
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeComesBackFromRawAndGzip(ElementType type) throws IOException {
    double[] elements = {type == ElementType.UBYTE ? 200 : -100, 0, 3, 100, 1, 2};
    for (String name : List.of("raw", "packed.gz", "PACKED.GZ")) {
      Path file = directory.resolve(name);
      Idx.of(type, elements, 1, 2, 3).write(file);
      Idx back = Idx.read(file);
      assertThat(back.type()).isEqualTo(type);
      assertThat(back.shape()).containsExactly(1, 2, 3);
      assertThat(back.toDoubles()).isEqualTo(elements);
      assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) (name.equals("raw") ? 0 : 0x1f));
    }
  }

  @Test
  void anyRankAndNoElementsComeBack() throws IOException {
    int[] shape = new int[255];
    Arrays.fill(shape, 1);
    Path file = directory.resolve("file.gz");
    Idx.ofBytes(ElementType.BYTE, new byte[] {-7}, shape).write(file);
    assertThat(Idx.read(file).shape()).isEqualTo(shape);
    assertThat(Idx.read(file).bytes()).containsExactly(-7);
    Idx.ofBytes(ElementType.UBYTE, new byte[0], 5, 0).write(file);
    assertThat(Idx.read(file).shape()).containsExactly(5, 0);
  }

  @Test
  void arraysAreWrittenRowByRowWhateverTheirOrder() {
    Idx idx =
        Idx.of(ElementType.INT, Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}).transpose());
    assertThat(idx.toInts()).containsExactly(1, 3, 2, 4);
    assertThat(idx.shape()).containsExactly(2, 2);
    assertThat(Idx.of(ElementType.INT, Nd4j.empty(DataType.FLOAT).reshape(0, 3)).shape())
        .containsExactly(0, 3);
  }

  @Test
  void valuesThatTheTypeCannotHoldAreRefused() {
    for (double value : new double[] {256, -1, 0.5, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Idx.of(ElementType.UBYTE, new double[] {0, value}, 2))
          .withMessage(
              "Idx: expected elements that UBYTE can hold, found %s at index 1; choose an element type with a larger range",
              value);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idx.of(ElementType.BYTE, new double[] {128}, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idx.of(ElementType.SHORT, new double[] {-32_769}, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idx.of(ElementType.INT, new double[] {2_147_483_648.0}, 1));
  }

  @Test
  void shapesOfAnotherSizeAreRefused() {
    for (int[] shape : new int[][] {{}, {2}, {-1, -3}, {1 << 16, 1 << 16, 3}, new int[256]}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Idx.ofBytes(ElementType.UBYTE, new byte[3], shape))
          .withMessageStartingWith("Idx: expected a shape of 3 elements, found [");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idx.ofBytes(ElementType.SHORT, new byte[2], 1))
        .withMessageContaining("expected UBYTE or BYTE, found SHORT");
  }

  @Test
  void itemsAreWrittenInPieces() throws IOException {
    Path raw = directory.resolve("raw");
    Path packed = directory.resolve("packed.gz");
    for (Path file : List.of(raw, packed)) {
      try (IdxWriter writer = IdxWriter.create(file, ElementType.UBYTE, 3, 2)) {
        writer.write(Idx.ofBytes(ElementType.UBYTE, new byte[] {1, 2, 3, 4}, 2, 2));
        writer.write(Idx.ofBytes(ElementType.UBYTE, new byte[] {5, 6}, 1, 2));
        assertThat(file).doesNotExist();
      }
    }
    byte[] expected = ubytes(new int[] {3, 2}, 1, 2, 3, 4, 5, 6);
    assertThat(raw).hasBinaryContent(expected);
    assertThat(packed).hasBinaryContent(gzip(expected));
    assertNothingElseThan("raw", "packed.gz");
  }

  @Test
  void incompleteFileLeavesWhatWasThere() throws IOException {
    Path file = directory.resolve("file");
    Idx.ofBytes(ElementType.UBYTE, new byte[] {9}, 1).write(file);
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              try (IdxWriter writer = IdxWriter.create(file, ElementType.UBYTE, 2)) {
                writer.write(Idx.ofBytes(ElementType.UBYTE, new byte[] {1}, 1));
              }
            })
        .withMessage(
            "IdxWriter of %s UBYTE [2]: expected 2 items before close, found 1; write all items,"
                + " or announce fewer; the file was deleted",
            file);
    assertThat(Idx.read(file).bytes()).containsExactly(9);
    assertNothingElseThan("file");
  }

  @Test
  void itemsOfAnotherFormAreRefused() throws IOException {
    Path file = directory.resolve("file");
    try (IdxWriter writer = IdxWriter.create(file, ElementType.UBYTE, 1, 2)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(Idx.ofBytes(ElementType.BYTE, new byte[2], 1, 2)))
          .withMessageContaining("expected items as in UBYTE [1, 2], found BYTE [1, 2]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(Idx.ofBytes(ElementType.UBYTE, new byte[2], 2, 1)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(Idx.ofBytes(ElementType.UBYTE, new byte[4], 2, 2)))
          .withMessageContaining("expected at most 1 more items, found 2");
      writer.write(Idx.ofBytes(ElementType.UBYTE, new byte[2], 1, 2));
    }
    assertThat(file).exists();
  }

  @Test
  void missingFolderIsNamed() {
    Path file = directory.resolve("nowhere").resolve("file");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Idx.ofBytes(ElementType.UBYTE, new byte[1], 1).write(file))
        .withMessageContaining("found no folder " + file.getParent());
  }

  private void assertNothingElseThan(String... names) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }
}
