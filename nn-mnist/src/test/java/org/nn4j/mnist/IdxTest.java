package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.header;
import static org.nn4j.mnist.IdxFiles.join;
import static org.nn4j.mnist.IdxFiles.ubytes;
import static org.nn4j.mnist.IdxFiles.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class IdxTest {
  private final Path directory;

  IdxTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Two numbers of each type: one depends on the byte order, the other has a sign. */
  @Test
  void readsEveryElementType() throws IOException {
    Idx ubyte = read(join(header(0x08, 2), new byte[] {1, (byte) 0xfe}));
    assertThat(ubyte.type()).isEqualTo(ElementType.UBYTE);
    assertThat(ubyte.toDoubles()).containsExactly(1, 254);

    Idx signed = read(join(header(0x09, 2), new byte[] {1, (byte) 0xfe}));
    assertThat(signed.type()).isEqualTo(ElementType.BYTE);
    assertThat(signed.toDoubles()).containsExactly(1, -2);

    Idx shorts = read(join(header(0x0B, 2), new byte[] {1, 2, (byte) 0xff, (byte) 0xfe}));
    assertThat(shorts.type()).isEqualTo(ElementType.SHORT);
    assertThat(shorts.toDoubles()).containsExactly(258, -2);

    Idx ints = read(join(header(0x0C, 2), buffer(8).putInt(0x01020304).putInt(-2).array()));
    assertThat(ints.type()).isEqualTo(ElementType.INT);
    assertThat(ints.toDoubles()).containsExactly(16_909_060, -2);

    Idx floats = read(join(header(0x0D, 2), buffer(8).putFloat(0.1f).putFloat(-2).array()));
    assertThat(floats.type()).isEqualTo(ElementType.FLOAT);
    assertThat(floats.toDoubles()).containsExactly(0.1f, -2);

    Idx doubles = read(join(header(0x0E, 2), buffer(16).putDouble(0.1).putDouble(-2).array()));
    assertThat(doubles.type()).isEqualTo(ElementType.DOUBLE);
    assertThat(doubles.toDoubles()).containsExactly(0.1, -2);
  }

  @Test
  void elementTypesHaveTheCodesAndWidthsOfTheFormat() {
    assertThat(Arrays.stream(ElementType.values()).mapToInt(ElementType::code))
        .containsExactly(0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E);
    assertThat(Arrays.stream(ElementType.values()).mapToInt(ElementType::width))
        .containsExactly(1, 1, 2, 4, 4, 8);
  }

  @Test
  void wholeNumbersOfEachWidthAreInts() throws IOException {
    assertThat(read(ubytes(new int[] {3}, 0, 127, 255)).toInts()).containsExactly(0, 127, 255);
    byte[] extremes = buffer(8).putInt(Integer.MIN_VALUE).putInt(Integer.MAX_VALUE).array();
    assertThat(read(join(header(0x0C, 2), extremes)).toInts())
        .containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Test
  void shapeAndSizeAreThoseOfTheHeader() throws IOException {
    Idx idx = read(ubytes(new int[] {1, 3, 2}, 1, 2, 3, 4, 5, 6));
    assertThat(idx.shape()).containsExactly(1, 3, 2);
    assertThat(idx.size()).isEqualTo(6);
    assertThat(idx).hasToString("Idx UBYTE [1, 3, 2]");
  }

  @Test
  void rankGoesTo255() throws IOException {
    int[] shape = new int[255];
    Arrays.fill(shape, 1);
    shape[254] = 2;
    assertThat(read(ubytes(shape, 7, 8)).shape()).isEqualTo(shape);
  }

  @Test
  void noElementsAreLegalAndSoIsAnyDimensionBesideZero() throws IOException {
    Idx empty = read(header(0x0E, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0));
    assertThat(empty.size()).isZero();
    assertThat(empty.toDoubles()).isEmpty();
    assertThat(read(gzip(header(0x08, 0, 28, 28))).shape()).containsExactly(0, 28, 28);
  }

  @Test
  void gzipIsToldByItsFirstBytesAndNotByTheName() throws IOException {
    byte[] content = ubytes(new int[] {2}, 3, 4);
    Path rawNamedGzip = write(directory.resolve("raw.gz"), content);
    Path gzipNamedRaw = write(directory.resolve("gzip-idx1-ubyte"), gzip(content));
    assertThat(Idx.read(rawNamedGzip).bytes()).containsExactly(3, 4);
    assertThat(Idx.read(gzipNamedRaw).bytes()).containsExactly(3, 4);
  }

  /** Larger than the first piece of memory that the reader takes, so that it must grow. */
  @Test
  void gzipOfManyElementsEqualsTheRawFile() throws IOException {
    byte[] elements = new byte[300_001];
    new Random(1).nextBytes(elements);
    byte[] content = join(header(0x09, 300_001), elements);
    assertThat(read(content).bytes()).isEqualTo(elements);
    assertThat(read(gzip(content)).bytes()).isEqualTo(elements);
  }

  @Test
  void gzipMembersOneAfterTheOtherAreOneFile() throws IOException {
    byte[] content = ubytes(new int[] {4}, 1, 2, 3, 4);
    byte[] first = gzip(Arrays.copyOf(content, 10));
    byte[] second = gzip(Arrays.copyOfRange(content, 10, content.length));
    assertThat(read(join(first, second)).bytes()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whatIsHandedOutIsACopy() throws IOException {
    Idx idx = read(ubytes(new int[] {2}, 3, 4));
    idx.bytes()[0] = 9;
    idx.shape()[0] = 9;
    assertThat(idx.bytes()).containsExactly(3, 4);
    assertThat(idx.shape()).containsExactly(2);
  }

  @Test
  void arrayHasTheShapeOfTheFileWithTheLastIndexFastest() throws IOException {
    Idx idx = read(ubytes(new int[] {2, 3}, 1, 2, 3, 4, 5, 255));
    INDArray array = idx.toArray(DataType.FLOAT);
    assertThat(array.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.getDouble(0, 2)).isEqualTo(3);
    assertThat(array.getDouble(1, 0)).isEqualTo(4);
    assertThat(array.getDouble(1, 2)).isEqualTo(255);
    assertThat(idx.toArray(DataType.DOUBLE).dataType()).isEqualTo(DataType.DOUBLE);
  }

  @Test
  void arrayOfNoElementsIsEmpty() throws IOException {
    INDArray array = read(header(0x08, 0, 28)).toArray(DataType.FLOAT);
    assertThat(array.isEmpty()).isTrue();
    assertThat(array.shape()).containsExactly(0, 28);
  }

  @Test
  void bytesOfWiderElementsAreRefused() throws IOException {
    Idx shorts = read(join(header(0x0B, 1), new byte[] {1, 2}));
    assertThatIllegalStateException()
        .isThrownBy(shorts::bytes)
        .withMessage(
            "Idx SHORT [1]: expected elements of one byte, found SHORT; use toInts() or"
                + " toDoubles()");
  }

  @Test
  void intsOfFractionsAreRefused() throws IOException {
    Idx floats = read(join(header(0x0D, 1), buffer(4).putFloat(0.5f).array()));
    Idx doubles = read(join(header(0x0E, 1), buffer(8).putDouble(0.5).array()));
    assertThatIllegalStateException()
        .isThrownBy(floats::toInts)
        .withMessage(
            "Idx FLOAT [1]: expected elements that are integers, found FLOAT; use"
                + " toDoubles()");
    assertThatIllegalStateException().isThrownBy(doubles::toInts).withMessageContaining("DOUBLE");
  }

  @Test
  void missingFileIsReportedWithItsPath() {
    Path nowhere = directory.resolve("nowhere");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Idx.read(nowhere))
        .withMessage(nowhere + ": expected a regular file, found none; correct the path");
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes);
  }

  private Idx read(byte[] content) throws IOException {
    return Idx.read(write(directory.resolve("file"), content));
  }
}
