package org.nn4j.data.feature;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/**
 * A column of categories, one-hot: a number for each category, 1 for the one that is there and 0
 * for the others.
 *
 * <p>Raw values are texts, numbers, booleans or enum constants. Null and blank texts are missing
 * and treated as unknown.
 *
 * @param name the name of the column
 * @param categories in the order of the numbers
 * @param unknown the rule for other categories
 */
public record CategoryFeature(String name, List<String> categories, UnknownCategory unknown)
    implements Feature {
  private static final int LISTED = 10;

  /**
   * Checks the arguments.
   *
   * @param name the name of the column
   * @param categories in the order of the numbers
   * @param unknown the rule for other categories
   * @throws IllegalArgumentException if there is no category, or one twice
   */
  public CategoryFeature {
    Require.notNull(name, "CategoryFeature", "name");
    Checks.noNulls(categories, "CategoryFeature", "categories");
    Require.notNull(unknown, "CategoryFeature", "unknown");
    categories = List.copyOf(categories);
    Require.that(
        !categories.isEmpty() && new HashSet<>(categories).size() == categories.size(),
        name,
        "one or more different categories",
        "[" + Texts.list(categories) + "]");
  }

  @Override
  public List<String> inputs() {
    return categories.stream().map(category -> name + "=" + category).toList();
  }

  @Override
  public void encode(@Nullable Object raw, double[] to, int at) {
    Require.notNull(to, "CategoryFeature.encode", "to");
    int index = raw == null ? -1 : indexOf(raw);
    if (index < 0 && unknown == UnknownCategory.ERROR) {
      List<String> some = categories.subList(0, Math.min(LISTED, categories.size()));
      throw new FeatureException(
          name,
          "one of the categories "
              + String.join(", ", some.stream().map(Texts::brief).toList())
              + (categories.size() > LISTED ? " ... (" + categories.size() + " in all)" : ""),
          NumberFeature.found(raw),
          "pass a category of the training data, or train with unknownCategories(ZEROS)");
    }
    for (int i = 0; i < categories.size(); i++) {
      to[at + i] = i == index ? 1 : 0;
    }
  }

  private int indexOf(Object raw) {
    String text = raw instanceof Enum<?> constant ? constant.name() : raw.toString().strip();
    int index = categories.indexOf(text);
    if (index < 0 && raw instanceof Number number) { // 5 and 5.0 are one category
      for (int i = 0; i < categories.size() && index < 0; i++) {
        index = Decimal.POINT.parse(categories.get(i)) == number.doubleValue() ? i : -1;
      }
    }
    return index;
  }
}
