package org.nn4j.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages a safetensors file in one of many ways. */
public enum Mutation {
  /** Flips bits of the length or the header. */
  FLIP {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      byte[] copy = file.clone();
      int flips = 1 + random.nextInt(4);
      for (int i = 0; i < flips; i++) {
        copy[random.nextInt(8 + headerLength(file))] ^= (byte) (1 << random.nextInt(8));
      }
      return copy;
    }
  },
  /** Flips bits of the numbers. */
  DATA {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      byte[] copy = file.clone();
      int data = 8 + headerLength(file);
      for (int flips = random.nextInt(4); flips >= 0 && data < file.length; flips--) {
        copy[random.nextInt(data, file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return copy;
    }
  },
  /** Cuts the file off. */
  TRUNCATE {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  /** Adds bytes at the end. */
  EXTEND {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      return Arrays.copyOf(file, file.length + 1 + random.nextInt(64));
    }
  },
  /** Claims another length of the header. */
  LENGTH {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      long length =
          random.nextBoolean() ? random.nextLong() : headerLength(file) + random.nextInt(33) - 16;
      return ByteBuffer.wrap(file.clone())
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(0, length)
          .array();
    }
  },
  /** Writes another number in the place of one: overlaps, holes, huge and negative shapes. */
  NUMBER {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      return replace(file, "-?[0-9]+", NUMBERS[random.nextInt(NUMBERS.length)], random);
    }
  },
  /** Writes a value of another type in the place of one. */
  TYPE {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      return replace(
          file, "\"[^\"]*\"|\\[[0-9,]*\\]|[0-9]+", TYPES[random.nextInt(TYPES.length)], random);
    }
  },
  /** Writes a part of the header twice: names, tensors, brackets. */
  REPEAT {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      String header = header(file);
      int from = random.nextInt(header.length());
      int to = Math.min(header.length(), from + 1 + random.nextInt(80));
      return withHeader(file, header.substring(0, to) + header.substring(from));
    }
  },
  /** Takes a part of the header out. */
  REMOVE {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      String header = header(file);
      int from = random.nextInt(header.length());
      int to = Math.min(header.length(), from + 1 + random.nextInt(40));
      return withHeader(file, header.substring(0, from) + header.substring(to));
    }
  },
  /** Nests a value deep. */
  DEEP {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      int depth = 1 + random.nextInt(3000);
      String value =
          random.nextBoolean()
              ? "[".repeat(depth) + "]".repeat(depth)
              : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      return replace(file, "\\[[0-9,]*\\]|\"F32\"", value, random);
    }
  },
  /** Nests a value of the JSON within a string deep. */
  DEEP_STRING {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      int depth = 1 + random.nextInt(3000);
      String value =
          random.nextBoolean()
              ? "[".repeat(depth) + "]".repeat(depth)
              : "{\\\"a\\\":".repeat(depth) + "1" + "}".repeat(depth);
      return replace(file, "(?<=\\\\\":)[0-9]+", value, random);
    }
  },
  /** Another shape of as many elements. */
  RESHAPE {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      return switch (random.nextInt(3)) {
        case 0 -> replace(file, "(?<=\"shape\":\\[)(?=[0-9])", "1,", random);
        case 1 -> replace(file, "(?<=\"shape\":)\\[\\]", "[1]", random);
        default -> replace(file, "(?<=\"shape\":)\\[1\\]", "[]", random);
      };
    }
  },
  /** Another type of the same width. */
  RETYPE {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      String type = TYPES_OF_4_BYTES[random.nextInt(TYPES_OF_4_BYTES.length)];
      return random.nextBoolean()
          ? replace(file, "\"F32\"", type, random)
          : replace(file, "\"F64\"", type.replace("32", "64"), random);
    }
  },
  /** Another name of a tensor, of a string or of a value in the JSON within a string. */
  RENAME {
    @Override
    byte[] apply(byte[] file, RandomGenerator random) {
      return replace(file, "(?<=[.\"])[A-Za-z_]+", random.nextBoolean() ? "x" : "best", random);
    }
  };

  private static final String[] TYPES_OF_4_BYTES = {"\"I32\"", "\"U32\"", "\"XF32\""};

  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "2",
    "4",
    "8",
    "1e3",
    "0.5",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "1" + "0".repeat(200),
    "00",
    "NaN"
  };

  private static final String[] TYPES = {
    "null", "true", "{}", "[]", "\"\"", "\"F64\"", "\"F16\"", "[1]", "[[1]]", "\"x\"", "-0"
  };

  abstract byte[] apply(byte[] file, RandomGenerator random);

  /** One to three mutations, one after the other. */
  public static byte[] any(byte[] file, RandomGenerator random) {
    byte[] mutated = file;
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && isWhole(mutated); i++) {
      mutated = values()[random.nextInt(values().length)].apply(mutated, random);
    }
    return mutated;
  }

  /** The same file without its checksum: what is damaged is then not refused for that alone. */
  public static byte[] withoutChecksum(byte[] file) {
    return new String(file, ISO_8859_1)
        .replaceFirst(",?\"nn4j_crc32\":\"[0-9a-f]{8}\"", " ".repeat(24))
        .getBytes(ISO_8859_1);
  }

  private static boolean isWhole(byte[] file) {
    return file.length > 9 && headerLength(file) > 1 && headerLength(file) <= file.length - 8;
  }

  private static int headerLength(byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return (int) Math.max(-1, Math.min(length, Integer.MAX_VALUE));
  }

  private static String header(byte[] file) {
    return new String(file, 8, headerLength(file), ISO_8859_1);
  }

  private static byte[] replace(
      byte[] file, String pattern, String replacement, RandomGenerator random) {
    String header = header(file);
    Matcher matcher = Pattern.compile(pattern).matcher(header);
    int count = (int) matcher.results().count();
    if (count == 0) {
      return file;
    }
    int chosen = random.nextInt(count);
    matcher.reset();
    for (int i = 0; i <= chosen; i++) {
      matcher.find();
    }
    return withHeader(
        file, header.substring(0, matcher.start()) + replacement + header.substring(matcher.end()));
  }

  private static byte[] withHeader(byte[] file, String header) {
    byte[] json = header.getBytes(ISO_8859_1);
    int data = 8 + headerLength(file);
    return ByteBuffer.allocate(8 + json.length + file.length - data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(file, data, file.length - data)
        .array();
  }
}
