package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.header;
import static org.nn4j.mnist.IdxFiles.join;
import static org.nn4j.mnist.IdxFiles.ubytes;
import static org.nn4j.mnist.IdxFiles.write;

import com.sun.management.ThreadMXBean;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of damaged file throws one exception that states the position and the problem. */
class IdxFormatExceptionTest {
  private static final String DAMAGED = "the file is damaged or incomplete: download it again";
  private static final String NOT_IDX =
      "pass an IDX file, raw or gzip; this is another kind of file";

  private final Path directory;

  IdxFormatExceptionTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void partsOfTheMessageCanBeReadOneByOne() {
    IdxFormatException refusal = refusalOf("PNG!".getBytes(StandardCharsets.US_ASCII));
    assertThat(refusal.file()).isEqualTo(file().toString());
    assertThat(refusal.offset()).isZero();
    assertThat(refusal.expected()).isEqualTo("0x00, 0x00");
    assertThat(refusal.found()).isEqualTo("0x50, 0x4E");
    assertThat(refusal).hasMessage(message(0, "0x00, 0x00", "0x50, 0x4E", NOT_IDX));
  }

  @Test
  void secondByteMustBeZeroToo() {
    assertThat(refusalOf(new byte[] {0, 7, 8, 1}))
        .hasMessage(message(0, "0x00, 0x00", "0x00, 0x07", NOT_IDX));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x07, 0x0A, 0x0F, 0x88})
  void unknownElementTypeIsRefused(int code) {
    assertThat(refusalOf(join(header(code, 1), new byte[8])))
        .hasMessage(
            message(
                2,
                "an element type, one of 0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E",
                String.format(Locale.ROOT, "0x%02X", code),
                NOT_IDX));
  }

  @Test
  void rankZeroIsRefused() {
    assertThat(refusalOf(join(header(0x08), new byte[1])))
        .hasMessage(message(3, "a rank from 1 to 255", "0", NOT_IDX));
  }

  @Test
  void emptyFileAndCutMagicAreRefused() {
    assertThat(refusalOf(new byte[0]))
        .hasMessage(message(0, "4 bytes of magic", "0 bytes", DAMAGED));
    assertThat(refusalOf(new byte[] {0, 0, 8}))
        .hasMessage(message(3, "4 bytes of magic", "3 bytes", DAMAGED));
    assertThat(refusalOf(gzip(new byte[0])))
        .hasMessage(message(0, "4 bytes of magic", "0 bytes", DAMAGED));
  }

  @Test
  void cutDimensionsAreRefused() {
    byte[] cut = Arrays.copyOf(header(0x08, 1, 1, 1), 11);
    String message = message(11, "12 bytes of dimensions", "7 bytes", DAMAGED);
    assertThat(refusalOf(cut)).hasMessage(message);
    assertThat(refusalOf(gzip(cut))).hasMessage(message);
  }

  @Test
  void negativeDimensionIsRefused() {
    assertThat(refusalOf(header(0x08, 1, -2)))
        .hasMessage(message(8, "a dimension from 0 to 2147483647", "4294967294", DAMAGED));
  }

  @Test
  void cutElementsAreRefused() {
    byte[] cut = join(header(0x0B, 2, 3), new byte[11]);
    String message = message(23, "12 bytes of elements, for SHORT [2, 3]", "11 bytes", DAMAGED);
    assertThat(refusalOf(cut)).hasMessage(message);
    assertThat(refusalOf(gzip(cut))).hasMessage(message);
  }

  @Test
  void bytesAfterTheLastElementAreRefused() {
    byte[] longer = ubytes(new int[] {2}, 1, 2, 3, 4);
    assertThat(refusalOf(longer))
        .hasMessage(message(10, "2 bytes of elements, for UBYTE [2]", "4 bytes", DAMAGED));
    assertThat(refusalOf(gzip(longer)))
        .hasMessage(
            message(10, "the end after 2 bytes of elements, for UBYTE [2]", "more", DAMAGED));
  }

  @Test
  void bytesAfterNoElementsAreRefused() {
    assertThat(refusalOf(ubytes(new int[] {0}, 1)))
        .hasMessage(message(8, "0 bytes of elements, for UBYTE [0]", "1 bytes", DAMAGED));
  }

  /** About 2^62 elements, which fit into a long, and 2^90, which would wrap around to 0. */
  @Test
  void productOfDimensionsDoesNotOverflow() {
    int huge = Integer.MAX_VALUE;
    assertThat(refusalOf(header(0x08, huge, huge)))
        .hasMessage(
            message(
                12,
                "4611686014132420609 bytes of elements, for UBYTE [2147483647, 2147483647]",
                "0 bytes",
                DAMAGED));
    assertThat(refusalOf(header(0x08, 1 << 30, 1 << 30, 1 << 30)))
        .hasMessage(
            message(
                16,
                "9223372036854775807 bytes of elements, for UBYTE [1073741824, 1073741824,"
                    + " 1073741824]",
                "0 bytes",
                DAMAGED));
  }

  @Test
  void moreElementsThanAnArrayHoldsAreRefusedBeforeTheyAreRead() {
    String expected = "dimensions of at most 2147483639 bytes of elements";
    String remedy =
        "read the file in pieces with IdxReader, or download it again if it should be smaller";
    assertThat(refusalOf(gzip(header(0x08, 2_147_483_640))))
        .hasMessage(message(4, expected, "UBYTE [2147483640]", remedy));
    assertThat(refusalOf(gzip(header(0x0E, 1 << 28))))
        .hasMessage(message(4, expected, "DOUBLE [268435456]", remedy));
  }

  /** The files fill more than the first piece of memory, which must then grow with care. */
  @ParameterizedTest
  @ValueSource(ints = {20, 100_000})
  void headerThatPromisesMillionsCostsNoMemory(int really) {
    byte[] small = join(header(0x08, 60_000_000), new byte[really]);
    for (byte[] content : List.of(small, gzip(small))) {
      write(file(), content);
      long before = allocatedBytes();
      IdxFormatException refusal = refusal();
      assertThat(allocatedBytes() - before).isLessThan(2_000_000);
      assertThat(refusal)
          .hasMessage(
              message(
                  8 + really,
                  "60000000 bytes of elements, for UBYTE [60000000]",
                  really + " bytes",
                  DAMAGED));
    }
  }

  @Test
  void gzipThatExpandsBeyondMeasureIsRefusedUnread() {
    byte[] bomb = gzip(join(header(0x08, 70_000_000), new byte[70_000_000]));
    write(file(), bomb);
    long before = allocatedBytes();
    assertThat(refusal())
        .hasMessage(
            message(
                4,
                "at most 67108864 bytes of elements in " + bomb.length + " bytes of gzip",
                "70000000 bytes, for UBYTE [70000000]",
                "decompress the file first, or read it in pieces with IdxReader"));
    assertThat(allocatedBytes() - before).isLessThan(2_000_000);
  }

  /** A gzip file can decompress to a thousand times its size: it is left when the elements end. */
  @Test
  void gzipThatGoesOnForeverIsNotReadToItsEnd() {
    write(file(), gzip(join(header(0x08, 1), new byte[50_000_000])));
    long before = allocatedBytes();
    assertThat(refusal()).hasMessageContaining("found more");
    assertThat(allocatedBytes() - before).isLessThan(2_000_000);
  }

  @Test
  void cutGzipIsRefused() {
    byte[] whole = gzip(randomContent());
    IdxFormatException refusal = refusalOf(Arrays.copyOf(whole, 1_000));
    assertThat(refusal.offset()).isBetween(12L, 1_500L);
    assertThat(refusal)
        .hasMessage(message(refusal.offset(), "valid gzip data", "the end of the file", DAMAGED))
        .hasCauseInstanceOf(EOFException.class);
    assertThat(refusalOf(Arrays.copyOf(whole, 5)))
        .hasMessage(message(0, "valid gzip data", "the end of the file", DAMAGED));
    assertThat(refusalOf(Arrays.copyOf(whole, whole.length - 1)))
        .hasMessage(message(100_008, "valid gzip data", "the end of the file", DAMAGED));
  }

  @Test
  void gzipWithAWrongChecksumIsRefused() {
    byte[] broken = gzip(randomContent());
    broken[broken.length - 8] ^= 1;
    assertThat(refusalOf(broken))
        .hasMessage(
            message(
                100_008,
                "valid gzip data",
                "java.util.zip.ZipException: Corrupt GZIP trailer",
                DAMAGED))
        .hasCauseInstanceOf(ZipException.class);
  }

  @Test
  void gzipOfAnUnknownMethodIsRefused() {
    byte[] broken = gzip(randomContent());
    broken[2] = 3;
    assertThat(refusalOf(broken))
        .hasMessage(
            message(
                0,
                "valid gzip data",
                "java.util.zip.ZipException: Unsupported compression method",
                DAMAGED));
  }

  /** What follows a gzip stream is not part of it; it neither hangs nor hides the content. */
  @Test
  void bytesAfterTheGzipStreamAreIgnored() throws IOException {
    byte[] content = ubytes(new int[] {2}, 1, 2);
    write(file(), join(gzip(content), "garbage".getBytes(StandardCharsets.US_ASCII)));
    assertThat(Idx.read(file()).bytes()).containsExactly(1, 2);
  }

  /** Whatever byte is broken, the file is read or refused, and nothing else comes out. */
  @Test
  void noBrokenByteEscapesAsAnotherException() {
    byte[] whole = gzip(ubytes(new int[] {2, 2}, 1, 2, 3, 4));
    for (int i = 0; i < whole.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] broken = whole.clone();
        broken[i] ^= (byte) (1 << bit);
        write(file(), broken);
        try {
          Idx.read(file());
        } catch (IOException e) {
          assertThat(e).as("bit %d of byte %d", bit, i).isInstanceOf(IdxFormatException.class);
        }
      }
    }
  }

  private static byte[] randomContent() {
    byte[] elements = new byte[100_000];
    new Random(1).nextBytes(elements);
    return join(header(0x08, 100_000), elements);
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private Path file() {
    return directory.resolve("file");
  }

  private String message(long offset, String expected, String found, String remedy) {
    return String.format(
        Locale.ROOT,
        "IDX file %s, byte %d of its content: expected %s, found %s; %s;"
            + " see docs/troubleshooting.md#idx-file",
        file(),
        offset,
        expected,
        found,
        remedy);
  }

  private IdxFormatException refusalOf(byte[] content) {
    write(file(), content);
    return refusal();
  }

  private IdxFormatException refusal() {
    return Objects.requireNonNull(
        catchThrowableOfType(IdxFormatException.class, () -> Idx.read(file())), "not refused");
  }
}
