package org.nn4j.mnist;

import java.util.List;
import java.util.stream.Stream;

/** What the classes of the sets are called, in their order. */
final class ClassNames {
  static final List<String> DIGITS = characters("0123456789");
  static final List<String> LETTERS = characters("abcdefghijklmnopqrstuvwxyz");

  static final List<String> BY_CLASS =
      characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

  /** The small letters that are left differ from their capitals in more than size. */
  static final List<String> BY_MERGE =
      characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt");

  static final List<String> FASHION_MNIST =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  static final List<String> KMNIST =
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo");

  private ClassNames() {}

  private static List<String> characters(String all) {
    return Stream.of(all.split("")).toList();
  }
}
