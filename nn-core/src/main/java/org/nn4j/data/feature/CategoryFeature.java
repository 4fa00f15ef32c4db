package org.nn4j.data.feature;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/**
 * Column of categories, one-hot: 1 for the category of the value, 0 for the others.
 *
 * <p>Raw values are strings, numbers, booleans or enum constants. Null and blank strings are
 * missing and treated as unknown. Numbers are compared with all their digits, so ids of 64 bits are
 * categories too; a double that equals several of them is unknown. Immutable and thread-safe.
 */
public final class CategoryFeature implements Feature {
  private static final int LISTED = 10;

  private final String name;
  private final List<String> categories;
  private final UnknownCategory unknown;
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  /**
   * Creates a feature.
   *
   * @param name the name of the column
   * @param categories in the order of the numbers
   * @param unknown the rule for other categories
   * @throws IllegalArgumentException if there is no category, or a duplicate
   */
  public CategoryFeature(String name, List<String> categories, UnknownCategory unknown) {
    this.name = Require.notNull(name, "CategoryFeature", "name");
    this.categories = Checks.noNulls(categories, "CategoryFeature", "categories");
    this.unknown = Require.notNull(unknown, "CategoryFeature", "unknown");
    for (String category : categories) {
      indices.put(category, indices.size());
    }
    Require.that(
        !categories.isEmpty() && indices.size() == categories.size(),
        "feature '" + name + "'",
        "one or more different categories",
        "[" + Texts.list(categories) + "]");
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Returns the categories.
   *
   * @return in the order of the numbers
   */
  public List<String> categories() {
    return categories;
  }

  /**
   * Returns the rule for other categories.
   *
   * @return error or zeros
   */
  public UnknownCategory unknown() {
    return unknown;
  }

  @Override
  public List<String> inputs() {
    return categories.stream().map(category -> name + "=" + category).toList();
  }

  @Override
  public int width() {
    return categories.size();
  }

  @Override
  public void encode(@Nullable Object raw, double[] to, int at) {
    Require.notNull(to, "CategoryFeature.encode", "to");
    Integer index = raw == null ? null : indexOf(raw);
    if (index == null && unknown == UnknownCategory.ERROR) {
      List<String> some = categories.subList(0, Math.min(LISTED, categories.size()));
      throw new FeatureException(
          name,
          "one of the categories "
              + String.join(", ", some.stream().map(Texts::brief).toList())
              + (categories.size() > LISTED ? " ... (" + categories.size() + " in all)" : ""),
          NumberFeature.found(raw),
          "pass a category of the training data, or train with"
              + " unknownCategories(UnknownCategory.ZEROS)");
    }
    for (int i = 0; i < categories.size(); i++) {
      to[at + i] = index != null && i == index ? 1 : 0;
    }
  }

  private @Nullable Integer indexOf(Object raw) {
    Integer index =
        indices.get(raw instanceof Enum<?> constant ? constant.name() : raw.toString().strip());
    return index == null && raw instanceof Number number ? indexOf(number) : index;
  }

  /** Returns the index of the only category that equals a number: 5 and 5.0 are one category. */
  private @Nullable Integer indexOf(Number number) {
    boolean isRounded = number instanceof Float || number instanceof Double;
    BigDecimal exact = isRounded ? null : Decimal.POINT.exact(number.toString());
    Integer index = null;
    for (int i = 0; i < categories.size(); i++) {
      double category = Decimal.POINT.parse(categories.get(i));
      if ((number instanceof Float ? (float) category : category) == number.doubleValue()
          && (exact == null || isEqual(exact, Decimal.POINT.exact(categories.get(i))))) {
        if (index != null) {
          return null;
        }
        index = i;
      }
    }
    return index;
  }

  private static boolean isEqual(BigDecimal exact, @Nullable BigDecimal category) {
    return category != null && exact.compareTo(category) == 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CategoryFeature feature
        && name.equals(feature.name)
        && categories.equals(feature.categories)
        && unknown == feature.unknown;
  }

  @Override
  public int hashCode() {
    return name.hashCode() + categories.hashCode();
  }

  @Override
  public String toString() {
    return "CategoryFeature(" + name + " of [" + Texts.list(categories) + "], " + unknown + ")";
  }
}
