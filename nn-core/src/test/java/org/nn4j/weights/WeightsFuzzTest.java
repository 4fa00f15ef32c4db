package org.nn4j.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.weights.Fixtures.file;
import static org.nn4j.weights.Fixtures.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.SeededRandom;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;

class WeightsFuzzTest {
  private static final int FILES = 2_000;
  private static final int PICKLES = 3;
  private static final List<String> SEEDS =
      List.of("mlp.pt", "views.pt", "protocol-4.pt", "keras-2.npz", "arrays.npz", "version-2.npy");

  private final Network network = network(FLOAT);

  @Test
  void aDamagedFileIsReadOrRefusedAndNothingElse(@TempDir Path folder) throws IOException {
    SeededRandom random = new SeededRandom(5);
    Path file = folder.resolve("mutated");
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      Files.write(file, mutate(Files.readAllBytes(file(SEEDS.get(i % SEEDS.size()))), random));
      refused += use(file, i);
    }
    assertThat(refused).isBetween(FILES / 2, FILES - 1);
  }

  /** Sizes and checksums fit. */
  @Test
  void aDamagedPickleInAWholeFileIsReadOrRefused(@TempDir Path folder) throws IOException {
    SeededRandom random = new SeededRandom(6);
    Path file = folder.resolve("mutated.pt");
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      try (ZipFile seed = new ZipFile(file(SEEDS.get(i % PICKLES)).toFile());
          ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        for (ZipEntry entry : Collections.list(seed.entries())) {
          byte[] content = seed.getInputStream(entry).readAllBytes();
          boolean isPickle = entry.getName().endsWith("data.pkl");
          Fixtures.store(zip, entry.getName(), isPickle ? mutate(content, random) : content);
        }
      }
      refused += use(file, i);
    }
    assertThat(refused).isBetween(FILES / 2, FILES - 1);
  }

  /** Returns 1 if the file is refused. */
  private int use(Path file, int i) throws IOException {
    try {
      Weights weights = Weights.read(file);
      for (String name : weights.names()) {
        weights.tensor(name).close();
      }
      weights.into(network, i % 2 == 0 ? WeightMap.pyTorch() : WeightMap.keras());
      return 0;
    } catch (ModelFormatException e) {
      return 1;
    }
  }

  private static byte[] mutate(byte[] content, RandomGenerator random) {
    byte[] copy = content.clone();
    int from = focus(copy, random);
    switch (random.nextInt(6)) {
      case 0 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      case 1 -> copy = spliced(copy, from, random.nextInt(20), random.nextInt(20), random);
      default -> {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          int at = Math.min(copy.length - 1, from + random.nextInt(300));
          copy[at] =
              random.nextBoolean()
                  ? (byte) (copy[at] ^ 1 << random.nextInt(8))
                  : OPCODES[random.nextInt(OPCODES.length)];
        }
      }
    }
    return copy;
  }

  private static final byte[] OPCODES =
      "\u0080\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u0093\u0094\u0095.(NJKMGX}])tasueqrhjcQRb\0\1\u00ff"
          .getBytes(StandardCharsets.ISO_8859_1);

  /** The beginning of a part: a local header, a pickle, a header of an array, the directory. */
  private static int focus(byte[] content, RandomGenerator random) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    List<Integer> starts = new ArrayList<>(List.of(0, random.nextInt(content.length)));
    for (String mark : new String[] {"data.pkl", "PK\1\2", "PK\5\6", "\u0093NUMPY", "rebuild"}) {
      int at = text.indexOf(mark);
      if (at >= 0) {
        starts.add(at);
      }
    }
    return starts.get(random.nextInt(starts.size()));
  }

  private static byte[] spliced(byte[] b, int at, int out, int in, RandomGenerator random) {
    int end = Math.min(b.length, at + out);
    int source = random.nextInt(b.length - Math.min(b.length - 1, in));
    byte[] copy = new byte[at + in + b.length - end];
    System.arraycopy(b, 0, copy, 0, at);
    System.arraycopy(b, source, copy, at, Math.min(in, b.length - source));
    System.arraycopy(b, end, copy, at + in, b.length - end);
    return copy;
  }
}
