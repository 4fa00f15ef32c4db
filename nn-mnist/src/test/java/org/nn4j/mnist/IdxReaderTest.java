package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.header;
import static org.nn4j.mnist.IdxFiles.join;
import static org.nn4j.mnist.IdxFiles.ubytes;
import static org.nn4j.mnist.IdxFiles.write;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private final Path directory;

  IdxReaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void itemsComePieceByPiece() throws IOException {
    byte[] content = ubytes(new int[] {5, 2}, 0, 1, 10, 11, 20, 21, 30, 31, 40, 41);
    for (byte[] file : List.of(content, gzip(content))) {
      try (IdxReader reader = open(file)) {
        assertThat(reader.type()).isEqualTo(ElementType.UBYTE);
        assertThat(reader.shape()).containsExactly(5, 2);
        Idx first = reader.read(2);
        assertThat(first.shape()).containsExactly(2, 2);
        assertThat(first.bytes()).containsExactly(0, 1, 10, 11);
        reader.skip(1);
        assertThat(reader.remaining()).isEqualTo(2);
        Idx last = reader.read(7);
        assertThat(last.shape()).containsExactly(2, 2);
        assertThat(last.bytes()).containsExactly(30, 31, 40, 41);
        assertThat(reader.read(1).shape()).containsExactly(0, 2);
      }
    }
  }

  /** Five gigabytes that are nowhere: a header and a stream of zeros. */
  @Test
  void fileLargerThanAnArrayIsReadInLittleMemory() throws IOException {
    int rows = 5_000;
    int columns = 1_000_000;
    InputStream content =
        new SequenceInputStream(new ByteArrayInputStream(header(0x08, rows, columns)), new Zeros());
    long size = 12 + (long) rows * columns;
    try (IdxReader reader = IdxReader.of(content, size, Path.of("zeros"))) {
      long before = allocatedBytes();
      assertThat(reader.read(2).size()).isEqualTo(2 * columns);
      reader.skip(rows - 4);
      assertThat(reader.read(1).size()).isEqualTo(columns);
      assertThat(allocatedBytes() - before).isLessThan(4L * columns);
      assertThat(reader.remaining()).isEqualTo(1);
    }
  }

  @Test
  void piecesEndWhereAnArrayEnds() throws IOException {
    InputStream content =
        new SequenceInputStream(
            new ByteArrayInputStream(header(0x08, 3, 1_500_000_000)), new Zeros());
    try (IdxReader reader = IdxReader.of(content, IdxInput.UNKNOWN, Path.of("zeros"))) {
      reader.skip(2);
      assertThat(reader.remaining()).isEqualTo(1);
    }
  }

  @Test
  void itemOfTwoGigabytesIsRefused() throws IOException {
    try (IdxReader reader = open(gzip(header(0x0E, 1, 1 << 28)))) {
      assertThatExceptionOfType(IdxFormatException.class)
          .isThrownBy(() -> reader.read(1))
          .withMessageContaining(
              "expected items of at most 2147483639 bytes of elements, found DOUBLE [1, 268435456]");
      assertThatExceptionOfType(IdxFormatException.class).isThrownBy(() -> reader.skip(1));
    }
  }

  @Test
  void rawFileOfAnotherSizeIsRefusedWhenOpened() {
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> open(Arrays.copyOf(ubytes(new int[] {4}, 1, 2, 3, 4), 10)).close())
        .withMessageContaining("expected 4 bytes of elements, for UBYTE [4], found 2 bytes");
  }

  @Test
  void gzipIsRefusedWhereItEndsEarlyOrGoesOn() throws IOException {
    try (IdxReader reader = open(gzip(join(header(0x08, 4), new byte[3])))) {
      reader.read(2);
      assertThatExceptionOfType(IdxFormatException.class)
          .isThrownBy(() -> reader.read(2))
          .withMessageContaining("byte 11 of its content")
          .withMessageContaining("expected 2 bytes of items 2 to 3 of UBYTE [4], found 1 bytes");
    }
    try (IdxReader reader = open(gzip(join(header(0x08, 4), new byte[3])))) {
      assertThatExceptionOfType(IdxFormatException.class)
          .isThrownBy(() -> reader.skip(4))
          .withMessageContaining("found 3 bytes");
    }
    try (IdxReader reader = open(gzip(join(header(0x08, 4), new byte[5])))) {
      reader.read(3);
      assertThatExceptionOfType(IdxFormatException.class)
          .isThrownBy(() -> reader.read(1))
          .withMessageContaining("byte 12 of its content")
          .withMessageContaining("expected the end after 4 bytes");
    }
  }

  @Test
  void wrongNumbersOfItemsAreRefused() throws IOException {
    try (IdxReader reader = open(ubytes(new int[] {1}, 1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.read(0))
          .withMessageContaining("expected a positive number of items, found 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.skip(2))
          .withMessageContaining("expected a number of items from 0 to 1, found 2");
      assertThatIllegalArgumentException().isThrownBy(() -> reader.skip(-1));
    }
  }

  /** A pipe has no size to compare with the header. */
  @Test
  void streamOfUnknownSizeIsReadToItsEnd() throws IOException {
    byte[] content = ubytes(new int[] {3}, 1, 2, 3);
    try (IdxReader reader =
        IdxReader.of(new ByteArrayInputStream(content), IdxInput.UNKNOWN, Path.of("pipe"))) {
      assertThat(reader.readAll().bytes()).containsExactly(1, 2, 3);
    }
  }

  private static final class Zeros extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      return length;
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private IdxReader open(byte[] content) throws IOException {
    return IdxReader.open(write(directory.resolve("file"), content));
  }
}
