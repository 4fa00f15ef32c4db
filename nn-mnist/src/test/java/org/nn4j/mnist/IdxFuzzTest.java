package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.header;
import static org.nn4j.mnist.IdxFiles.join;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand broken files: each is read, or refused with an exception that says where and
 * what, in memory of the order of the file.
 */
class IdxFuzzTest {
  private static final int FILES = 100_000;
  private static final Path NAME = Path.of("fuzzed");

  /** Buffers, the decompressor's tables, the message and stack of an exception. */
  private static final long FIXED_BYTES = 300_000;

  /** What deflate expands at most (1,032), twice, since memory grows by copying. */
  private static final long EXPANSION = 2_100;

  /** After so many files all classes are loaded, whose memory is not the file's. */
  private static final int LOADED = 500;

  private final Random random = new Random(20_240_607);
  private int sound;
  private int refused;

  @Test
  void anyMutationEndsInAResultOrAFormatException() throws IOException {
    for (int i = 0; i < FILES; i++) {
      byte[] content = content();
      byte[] file =
          switch (i % 10) {
            case 0 -> flip(content);
            case 1 -> flip(gzip(content));
            case 2 -> cut(content);
            case 3 -> cut(gzip(content));
            case 4 -> withDimension(content);
            case 5 -> gzip(withDimension(content));
            case 6 -> withRank(content);
            case 7 -> gzip(withRank(content));
            case 8 -> members(content);
            default -> noise(content);
          };
      read(file);
      if (i % 1_000 == 0) {
        read(bomb());
      }
    }
    assertThat(sound).isGreaterThan(FILES / 20);
    assertThat(refused).isGreaterThan(FILES / 2);
  }

  private void read(byte[] file) throws IOException {
    long before = allocatedBytes();
    try (IdxReader reader = IdxReader.of(new ByteArrayInputStream(file), file.length, NAME)) {
      Idx idx = random.nextBoolean() ? reader.readAll() : inPieces(reader);
      assertThat(idx.size()).isGreaterThanOrEqualTo(0);
      sound++;
    } catch (IdxFormatException e) {
      refused++;
      assertThat(e.file()).isEqualTo("fuzzed");
      assertThat(e.offset()).isNotNegative();
      assertThat(e.expected()).isNotBlank();
      assertThat(e.found()).isNotBlank();
    } catch (RuntimeException | OutOfMemoryError e) {
      fail("file " + (sound + refused) + ": " + Arrays.toString(file), e);
    }
    if (sound + refused < LOADED) {
      return;
    }
    assertThat(allocatedBytes() - before)
        .as("memory for %d bytes", file.length)
        .isLessThan(FIXED_BYTES + EXPANSION * file.length);
  }

  private Idx inPieces(IdxReader reader) throws IOException {
    Idx last = reader.read(1 + random.nextInt(4));
    if (reader.remaining() > 0) {
      reader.skip(random.nextInt(1 + Math.min(reader.remaining(), 1_000)));
      last = reader.read(Integer.MAX_VALUE);
    }
    return last;
  }

  private byte[] content() {
    List<ElementType> types = List.of(ElementType.values());
    ElementType type = types.get(random.nextInt(types.size()));
    int[] shape = random.ints(1 + random.nextInt(4), 0, 5).toArray();
    int elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    byte[] content = new byte[elements * type.width()];
    random.nextBytes(content);
    return join(header(type.code(), shape), content);
  }

  private byte[] flip(byte[] file) {
    byte[] flipped = file.clone();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] cut(byte[] file) {
    return Arrays.copyOf(file, random.nextInt(file.length));
  }

  /** Lengths of all sizes, near 2^31 and beyond above all. */
  private byte[] withDimension(byte[] content) {
    byte[] changed = content.clone();
    int rank = changed[IdxHeader.RANK_OFFSET];
    int value =
        switch (random.nextInt(4)) {
          case 0 -> Integer.MAX_VALUE - random.nextInt(10);
          case 1 -> Integer.MIN_VALUE + random.nextInt(10);
          case 2 -> random.nextInt();
          default -> random.nextInt(100);
        };
    ByteBuffer.wrap(changed).putInt(IdxHeader.dimensionOffset(random.nextInt(rank)), value);
    return changed;
  }

  private byte[] withRank(byte[] content) {
    byte[] changed = content.clone();
    changed[IdxHeader.RANK_OFFSET] = (byte) random.nextInt(random.nextBoolean() ? 6 : 256);
    return changed;
  }

  /** The content as several gzip members, some of them twice, cut, raw or in another order. */
  private byte[] members(byte[] content) {
    int middle = random.nextInt(content.length);
    byte[] first = gzip(Arrays.copyOf(content, middle));
    byte[] second = gzip(Arrays.copyOfRange(content, middle, content.length));
    List<BinaryOperator<byte[]>> ways =
        List.of(
            (a, b) -> join(a, b),
            (a, b) -> join(b, a),
            (a, b) -> join(a, b, b),
            (a, b) -> join(a, new byte[random.nextInt(5)], b),
            (a, b) -> join(a, cut(b)),
            (a, b) -> join(a, flip(b)));
    return ways.get(random.nextInt(ways.size())).apply(first, second);
  }

  private byte[] noise(byte[] content) {
    byte[] noise = new byte[random.nextInt(64)];
    random.nextBytes(noise);
    return switch (random.nextInt(3)) {
      case 0 -> noise;
      case 1 -> join(content, noise);
      default -> gzip(join(content, noise));
    };
  }

  /** Two million zeros after a header that declares fewer, as many, or far more. */
  private byte[] bomb() {
    int[] told = {10, 2_000_000, 60_000_000, Integer.MAX_VALUE};
    byte[] header = header(0x08, told[random.nextInt(told.length)]);
    byte[] content = join(header, new byte[2_000_000]);
    return random.nextBoolean() ? gzip(content) : join(gzip(content), gzip(content));
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
