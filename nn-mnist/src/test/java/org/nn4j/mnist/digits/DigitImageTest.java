package org.nn4j.mnist.digits;

import static java.awt.Color.BLACK;
import static java.awt.Color.BLUE;
import static java.awt.Color.ORANGE;
import static java.awt.Color.RED;
import static java.awt.Color.WHITE;
import static java.awt.Color.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.metric.Predictions;
import org.nn4j.mnist.ImageSet;

class DigitImageTest {
  private static final Color PENCIL = new Color(170, 170, 170);
  private static final Color OLD_PAPER = new Color(235, 230, 210);
  private static final Color MARKER = new Color(20, 60, 200, 110);
  private static final Color CHALK = new Color(235, 235, 225);
  private static final Color BOARD = new Color(40, 90, 60);
  private static final Color INK = new Color(30, 30, 60);

  /** Paints a drawing in a way of its own. */
  private interface Variation {
    BufferedImage paint(Drawing drawing);
  }

  /**
   * How people draw digits, and what happens to their pictures: the digits 0 to 9 in each
   * variation.
   */
  private static final List<Named<List<DigitImage>>> VARIATIONS =
      List.of(
          named("black on white", Drawing::paint),
          named("white on black", drawing -> drawing.colors(WHITE, BLACK).paint()),
          named("red on blue", drawing -> drawing.colors(RED, BLUE).paint()),
          named("yellow on white", drawing -> drawing.colors(YELLOW, WHITE).paint()),
          named("pencil on old paper", drawing -> drawing.colors(PENCIL, OLD_PAPER).paintOpaque()),
          named("black on nothing", drawing -> drawing.colors(BLACK, null).paint()),
          named("white on nothing", drawing -> drawing.colors(WHITE, null).paint()),
          named("hairline", drawing -> drawing.pen(1).paint()),
          named("thin pen", drawing -> drawing.pen(6).paint()),
          named("thick pen", drawing -> drawing.pen(50).paint()),
          named("in a corner", drawing -> drawing.at(1, 1).paint()),
          named(
              "lost on a sheet",
              drawing -> drawing.times(0.2).onSheet(900, 700).at(811, 630).paint()),
          named("14 pixels high", drawing -> drawing.times(0.07).paint()),
          named("1000 pixels high", drawing -> drawing.times(5).paint()),
          named("grain", drawing -> drawing.paintWithGrain(70)),
          named("specks", drawing -> drawing.paintWithSpecks(25)),
          named("specks on a small one", drawing -> drawing.times(0.3).paintWithSpecks(60)),
          named("pen with hard edges", drawing -> Pictures.hardEdges(drawing.pen(9).paintOpaque())),
          named("soft brush", drawing -> Pictures.blurred(drawing.pen(26).paintOpaque(), 12)),
          named("marker that is half see-through", drawing -> drawing.colors(MARKER, null).paint()),
          named(
              "chalk on a green board", drawing -> drawing.colors(CHALK, BOARD).paintWithGrain(20)),
          named("slanted", drawing -> Pictures.sheared(drawing.paintOpaque(), 0.3)),
          named("turned a little", drawing -> Pictures.turned(drawing.paintOpaque(), 12)),
          named("wide sheet", drawing -> drawing.onSheet(1200, 280).at(900, 40).paint()),
          named("tall sheet", drawing -> drawing.onSheet(260, 1100).at(60, 20).paint()),
          named("JPEG of low quality", drawing -> Pictures.jpeg(drawing.paintOpaque(), 0.1f)),
          named(
              "small JPEG of low quality",
              drawing -> Pictures.jpeg(drawing.times(0.2).paintOpaque(), 0.3f)),
          named(
              "photograph with a shadow",
              drawing -> Pictures.shaded(drawing.colors(INK, OLD_PAPER).paintOpaque(), 90)));

  private static Named<List<DigitImage>> named(String name, Variation variation) {
    List<DigitImage> images = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      try {
        images.add(DigitImage.of(variation.paint(Drawing.of(digit))));
      } catch (DigitImageException e) {
        throw new IllegalStateException(name, e);
      }
    }
    return Named.of(name, images);
  }

  static List<Named<List<DigitImage>>> variations() {
    return VARIATIONS;
  }

  private static void assertReads(DigitReader reader, List<DigitImage> images) {
    List<Integer> read = images.stream().map(reader::read).toList();
    long right = IntStream.range(0, 10).filter(digit -> read.get(digit) == digit).count();
    assertThat(right).as("right ones of 0 to 9, read as %s", read).isGreaterThanOrEqualTo(9);
  }

  @ParameterizedTest
  @MethodSource("variations")
  void networkOfGeneratedDigitsReadsWhatIsDrawn(List<DigitImage> images) {
    assertReads(DigitReader.ofGeneratedDigits(), images);
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
  void networkOfMnistReadsWhatIsDrawn() throws IOException {
    DigitReader reader = DigitReader.ofMnist(Path.of(System.getenv("MNIST_DIR")));
    VARIATIONS.forEach(variation -> assertReads(reader, variation.getPayload()));
  }

  /** The same 500 images as they are, and enlarged ten times to pictures. */
  @Test
  @EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
  void imagesOfMnistAreReadFromPicturesAlmostAsWell() throws IOException {
    Path folder = Path.of(System.getenv("MNIST_DIR"));
    DigitReader reader = DigitReader.ofMnist(folder);
    int asTheyAre = 0;
    int fromPictures = 0;
    try (Epoch epoch = Batches.inOrder(ImageSet.MNIST.load(folder).test(), 500, FLOAT).epoch(1)) {
      Batch batch = epoch.iterator().next();
      int[] digits = Predictions.classIndices(batch.targets());
      float[][] rows = batch.inputs().toFloatMatrix();
      for (int i = 0; i < digits.length; i++) {
        byte[] image = new byte[rows[i].length];
        for (int j = 0; j < image.length; j++) {
          image[j] = (byte) Math.round(rows[i][j] * 255);
        }
        asTheyAre += reader.read(image) == digits[i] ? 1 : 0;
        fromPictures +=
            reader.read(DigitImage.of(Pictures.enlarged(image, 10))) == digits[i] ? 1 : 0;
      }
    }
    assertThat(asTheyAre).isGreaterThan(450);
    assertThat(fromPictures).isGreaterThan(asTheyAre - 10);
  }

  @Test
  void networkReadsGeneratedHandsDrawnLargeByOtherMeans() throws DigitImageException {
    int right = 0;
    for (int i = 0; i < 300; i++) {
      DigitImage image = DigitImage.of(Drawing.freehand(i % 10, i));
      right += DigitReader.ofGeneratedDigits().read(image) == i % 10 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(255);
  }

  @ParameterizedTest
  @MethodSource("variations")
  void imagesHaveTheFormOfMnist(List<DigitImage> images) {
    images.forEach(image -> MnistForm.check(image.pixels()));
  }

  @Test
  void placeOnTheSheetDoesNotMatter() throws DigitImageException {
    Drawing drawing = Drawing.of(5);
    byte[] image = DigitImage.of(drawing.paint()).pixels();
    byte[] moved = DigitImage.of(drawing.at(20, 13).paint()).pixels();
    byte[] lost = DigitImage.of(drawing.onSheet(500, 400).at(260, 170).paint()).pixels();
    assertThat(MnistForm.difference(image, moved)).isLessThan(0.01);
    assertThat(MnistForm.difference(image, lost)).isLessThan(0.01);
  }

  @Test
  void colorsDoNotMatter() throws DigitImageException {
    Drawing drawing = Drawing.of(2);
    byte[] image = DigitImage.of(drawing.paint()).pixels();
    for (BufferedImage other :
        List.of(
            drawing.paintOpaque(),
            drawing.colors(WHITE, BLACK).paint(),
            drawing.colors(ORANGE, BLUE).paint(),
            drawing.colors(BLUE, null).paint())) {
      assertThat(MnistForm.difference(image, DigitImage.of(other).pixels())).isLessThan(0.01);
    }
  }

  @Test
  void sizeHardlyMatters() throws DigitImageException {
    for (int digit = 0; digit < 10; digit++) {
      Drawing drawing = Drawing.of(digit);
      byte[] image = DigitImage.of(drawing.paint()).pixels();
      for (double factor : new double[] {0.3, 0.7, 2.3}) {
        byte[] other = DigitImage.of(drawing.times(factor).paint()).pixels();
        assertThat(MnistForm.difference(image, other)).as("%s x %s", digit, factor).isLessThan(0.1);
      }
    }
  }

  @Test
  void thinAndThickPensComeNearEachOther() throws DigitImageException {
    for (int digit = 0; digit < 10; digit++) {
      Drawing drawing = Drawing.of(digit);
      double thin = MnistForm.mass(DigitImage.of(drawing.pen(5).paint()).pixels());
      double thick = MnistForm.mass(DigitImage.of(drawing.pen(45).paint()).pixels());
      assertThat(thick / thin).as("ink of a %s", digit).isBetween(1.0, 1.6);
    }
  }

  @Test
  void imageInTheFormOfMnistReadsAsBefore() throws DigitImageException {
    SyntheticDigits digits = SyntheticDigits.generate(300, 2);
    int same = 0;
    for (int i = 0; i < digits.size(); i++) {
      byte[] image = Arrays.copyOfRange(digits.pixels(), i * 784, (i + 1) * 784);
      BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      picture.getRaster().setDataElements(0, 0, 28, 28, image);
      DigitReader reader = DigitReader.ofGeneratedDigits();
      same += reader.read(image) == reader.read(DigitImage.of(picture)) ? 1 : 0;
    }
    assertThat(same).isGreaterThan(270);
  }

  @Test
  void pixelsComeAsBytesFloatsOrABatchOfOne() throws DigitImageException {
    DigitImage image = DigitImage.of(Drawing.of(3).paint());
    byte[] bytes = image.pixels();
    float[] floats = image.toFloats();
    assertThat(image.toArray().shape()).containsExactly(1, 784);
    assertThat(image.toArray().toFloatMatrix()[0]).isEqualTo(floats);
    for (int i = 0; i < bytes.length; i++) {
      assertThat(floats[i]).isEqualTo(Byte.toUnsignedInt(bytes[i]) / 255f);
    }
    assertThat(floats).contains(0, 1);
  }

  @Test
  void pictureFilesAreRead(@TempDir Path directory) throws IOException {
    byte[] image = DigitImage.of(Drawing.of(4).paint()).pixels();
    Path png = directory.resolve("four.png");
    ImageIO.write(Drawing.of(4).paint(), "png", png.toFile());
    assertThat(DigitImage.read(png).pixels()).isEqualTo(image);
    Path jpeg = directory.resolve("four.jpg");
    ImageIO.write(Drawing.of(4).paintOpaque(), "jpeg", jpeg.toFile());
    assertThat(MnistForm.difference(image, DigitImage.read(jpeg).pixels())).isLessThan(0.05);
  }

  @Test
  void largePictureIsReadInSteps(@TempDir Path directory) throws IOException {
    Drawing large = Drawing.of(7).times(12);
    Path png = directory.resolve("seven.png");
    ImageIO.write(large.paintOpaque(), "png", png.toFile());
    byte[] image = DigitImage.of(Drawing.of(7).paint()).pixels();
    assertThat(MnistForm.difference(image, DigitImage.read(png).pixels())).isLessThan(0.1);
  }
}
