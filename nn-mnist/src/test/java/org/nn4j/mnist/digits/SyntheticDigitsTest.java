package org.nn4j.mnist.digits;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.mnist.Idx;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;

class SyntheticDigitsTest {
  private static final int PIXELS = 784;

  private static final Set<String> EXACT = Set.of("abs", "ceil", "floor", "max", "min", "sqrt");

  private static byte[] image(SyntheticDigits digits, int i) {
    return Arrays.copyOfRange(digits.pixels(), i * PIXELS, (i + 1) * PIXELS);
  }

  /** If this changes, all figures of {@code docs/generated-digits.md} are to be measured again. */
  @Test
  void bytesOfASeedNeverChange() throws NoSuchAlgorithmException {
    byte[] pixels = SyntheticDigits.generate(1000, 1).pixels();
    byte[] checksum = MessageDigest.getInstance("SHA-256").digest(pixels);
    assertThat(HexFormat.of().formatHex(checksum))
        .isEqualTo("f5ee1dd358131dcdff18b162ef9e212f579237166f6ce6317a4db4127671a135");
  }

  @Test
  void filesHoldTheDigits(@TempDir Path folder) throws IOException {
    SyntheticDigits digits = SyntheticDigits.generate(25, 3);
    Path images = folder.resolve("images-idx3-ubyte.gz");
    Path labels = folder.resolve("labels-idx1-ubyte");
    digits.write(images, labels);
    assertThat(Idx.read(images).shape()).containsExactly(25, 28, 28);
    assertThat(Idx.read(images).bytes()).isEqualTo(digits.pixels());
    assertThat(Idx.read(labels).toInts()).isEqualTo(digits.labels());
  }

  /**
   * Sines, exponentials and the like of {@code Math} may differ in the last bit from one machine to
   * the next; {@code StrictMath}, square roots and what is below may not.
   */
  @Test
  void arithmeticIsTheSameOnEveryMachine() {
    DescribedPredicate<JavaMethodCall> inexact =
        DescribedPredicate.describe(
            "is a method of Math that is not exact",
            call ->
                call.getTargetOwner().isEquivalentTo(Math.class)
                    && !EXACT.contains(call.getName()));
    noClasses()
        .should()
        .callMethodWhere(inexact)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.nn4j.mnist.digits"));
  }

  @Test
  void numberOfThreadsDoesNotMatter() throws InterruptedException, ExecutionException {
    ForkJoinPool alone = new ForkJoinPool(1);
    try {
      byte[] pixels = alone.submit(() -> SyntheticDigits.generate(500, 3).pixels()).get();
      assertThat(pixels).isEqualTo(SyntheticDigits.generate(500, 3).pixels());
    } finally {
      alone.shutdown();
    }
  }

  @Test
  void smallSetIsTheStartOfALargeOne() {
    SyntheticDigits few = SyntheticDigits.generate(17, 5);
    SyntheticDigits many = SyntheticDigits.generate(200, 5);
    assertThat(few.size()).isEqualTo(17);
    assertThat(few.pixels()).isEqualTo(Arrays.copyOf(many.pixels(), 17 * PIXELS));
    assertThat(few.labels()).isEqualTo(Arrays.copyOf(many.labels(), 17));
  }

  @Test
  void noTwoImagesAreTheSame() {
    SyntheticDigits digits = SyntheticDigits.generate(2000, 1);
    SyntheticDigits others = SyntheticDigits.generate(2000, 2);
    assertThat(
            Stream.of(digits, others)
                .flatMap(
                    set ->
                        IntStream.range(0, set.size())
                            .mapToObj(i -> ByteBuffer.wrap(image(set, i))))
                .distinct())
        .hasSize(4000);
  }

  @Test
  void imagesHaveTheFormOfMnist() {
    SyntheticDigits digits = SyntheticDigits.generate(1000, 1);
    for (int i = 0; i < digits.size(); i++) {
      MnistForm.check(image(digits, i));
    }
  }

  @Test
  void everyTenImagesShowEachDigitOnce() {
    assertThat(SyntheticDigits.generate(23, 1).labels())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2);
  }

  @Test
  void datasetHasTheFormOfMnist() {
    SyntheticDigits digits = SyntheticDigits.generate(12, 1);
    Dataset data = digits.dataset();
    assertThat(data.size()).isEqualTo(12);
    assertThat(data.inputShape()).hasToString("[784]");
    assertThat(data.targetShape()).hasToString("[10]");
    Batch batch = Batches.inOrder(data, 12, DataType.FLOAT).epoch(1).iterator().next();
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      assertThat(batch.inputs().getFloat(11, pixel))
          .isEqualTo(Byte.toUnsignedInt(image(digits, 11)[pixel]) / 255f);
    }
    assertThat(batch.targets().getFloat(11, 1)).isEqualTo(1);
  }

  @Test
  void setsOfNoOrTooManyImagesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticDigits.generate(0, 1))
        .withMessage(
            "SyntheticDigits: expected count from 1 to 2739137, found 0; correct the argument");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticDigits.generate(2_739_138, 1))
        .withMessageContaining("found 2739138");
  }

  @Test
  void handsStayOnTheirSheet() {
    for (int digit = 0; digit < 10; digit++) {
      for (Glyph hand : Glyph.of(digit)) {
        assertThat(hand.strokes())
            .allSatisfy(stroke -> assertThat(stroke).hasSizeGreaterThanOrEqualTo(2));
        assertThat(hand.strokes().stream().flatMap(List::stream))
            .allSatisfy(
                knot -> {
                  assertThat(knot.x()).isBetween(0.0, 100.0);
                  assertThat(knot.y()).isBetween(0.0, 100.0);
                });
      }
    }
  }

  /** The whole network of docs/generated-digits.md reads 94 %; this is a tenth of its training. */
  @Test
  @EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
  void networkThatSawOnlyGeneratedDigitsReadsMnist() throws IOException {
    LabeledImages mnist = ImageSet.MNIST.load(Path.of(System.getenv("MNIST_DIR")));
    assertThat(DigitReader.ofGeneratedDigits().accuracy(mnist.train())).isGreaterThan(0.87);
  }
}
