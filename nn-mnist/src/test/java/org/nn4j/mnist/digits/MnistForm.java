package org.nn4j.mnist.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;

/** What all images of MNIST have in common. */
final class MnistForm {
  private static final int SIDE = 28;

  private MnistForm() {}

  /** The ink fills the longer side of a box of 20 x 20, and its mass is centerd to a pixel. */
  static void check(byte[] image) {
    assertThat(image).hasSize(SIDE * SIDE);
    InkMask.Box ink = InkMask.Box.around(SIDE, image.length, i -> image[i] != 0);
    assertThat(ink.longerSide()).isBetween(19, 20);
    assertThat(centerOfMass(image, true)).isEqualTo(14, within(0.51));
    assertThat(centerOfMass(image, false)).isEqualTo(14, within(0.51));
  }

  private static double centerOfMass(byte[] image, boolean alongRows) {
    double moment = 0;
    for (int i = 0; i < image.length; i++) {
      int place = alongRows ? i % SIDE : i / SIDE;
      moment += Byte.toUnsignedInt(image[i]) * place;
    }
    return moment / mass(image);
  }

  /** The sum of the pixels. */
  static double mass(byte[] image) {
    double mass = 0;
    for (byte pixel : image) {
      mass += Byte.toUnsignedInt(pixel);
    }
    return mass;
  }

  /**
   * The sum of the differences of pixels, as a share of the ink of the first image. A move by one
   * pixel does not count: a center of mass halfway between two pixels may go to either.
   */
  static double difference(byte[] first, byte[] second) {
    return IntStream.of(0, -1, 1, -SIDE, SIDE, -SIDE - 1, -SIDE + 1, SIDE - 1, SIDE + 1)
        .mapToDouble(move -> difference(first, second, move))
        .min()
        .orElseThrow();
  }

  /** The margin of four pixels lets rows run into each other without harm. */
  private static double difference(byte[] first, byte[] second, int move) {
    double difference = 0;
    for (int i = 0; i < first.length; i++) {
      byte moved = second[Math.floorMod(i + move, second.length)];
      difference += Math.abs(Byte.toUnsignedInt(first[i]) - Byte.toUnsignedInt(moved));
    }
    return difference / mass(first);
  }
}
