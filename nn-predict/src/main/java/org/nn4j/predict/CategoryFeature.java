package org.nn4j.predict;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Column of categories, one-hot. A missing value is an unknown category. */
final class CategoryFeature extends Feature {
  private static final int LISTED = 10;

  private final List<String> categories;
  private final boolean refusesUnknown;
  private final Map<String, Integer> indexes = new HashMap<>();

  /** Distinct categories, in the order of the elements. */
  CategoryFeature(String name, List<String> categories, boolean refusesUnknown) {
    super(name, categories.size());
    this.categories = categories;
    this.refusesUnknown = refusesUnknown;
    for (String category : categories) {
      indexes.put(category, indexes.size());
    }
  }

  @Override
  void encode(Object raw, float[] to, int at) {
    int index = raw == null ? -1 : index(raw);
    if (index < 0 && refusesUnknown) {
      throw refused(
          "one of the categories " + some(),
          raw,
          "pass a category of the training data, or train with"
              + " unknownCategories(UnknownCategory.ZEROS)");
    }
    for (int i = 0; i < size; i++) {
      to[at + i] = i == index ? 1 : 0;
    }
  }

  /** Returns the index of a category, or -1 if it is unknown. */
  private int index(Object raw) {
    Integer index =
        indexes.get(
            raw instanceof Enum<?> constant ? constant.name() : Texts.strip(raw.toString()));
    if (index != null) {
      return index;
    }
    return raw instanceof Number number ? index(number) : -1;
  }

  /** Returns the index of the only category that equals a number: 5 and 5.0 are one category. */
  private int index(Number number) {
    boolean isRounded = number instanceof Float || number instanceof Double;
    BigDecimal exact = isRounded ? null : Decimal.exact(number.toString());
    int index = -1;
    for (int i = 0; i < size; i++) {
      double category = Decimal.parse(categories.get(i));
      if ((number instanceof Float ? (float) category : category) == number.doubleValue()
          && (exact == null || isEqual(exact, Decimal.exact(categories.get(i))))) {
        if (index >= 0) {
          return -1;
        }
        index = i;
      }
    }
    return index;
  }

  private static boolean isEqual(BigDecimal exact, BigDecimal category) {
    return category != null && exact.compareTo(category) == 0;
  }

  private String some() {
    List<String> some = new ArrayList<>();
    for (String category : categories.subList(0, Math.min(LISTED, size))) {
      some.add(Texts.brief(category));
    }
    return Texts.join(", ", some) + (size > LISTED ? " ... (" + size + " in all)" : "");
  }
}
