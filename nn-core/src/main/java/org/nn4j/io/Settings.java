package org.nn4j.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;

/**
 * Named values of a few types, which are written as a JSON object: how a layer, an activation or a
 * whole architecture stands in a model file.
 *
 * <p>A value is a number, a truth value, a text, settings of its own, or a list of these. A number
 * that is whole counts as whole: {@code 1.0} and {@code 1} are equal. The {@code get} methods throw
 * {@link IllegalArgumentException} if there is no such value or it is of another type. Immutable
 * and thread-safe.
 */
public final class Settings {
  private static final Settings NONE = new Settings(Map.of());

  private final Map<String, Object> values;

  Settings(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * No settings, to begin with.
   *
   * @return without values
   */
  public static Settings none() {
    return NONE;
  }

  /**
   * Texts by name.
   *
   * @param texts the texts
   * @return settings with these values
   */
  public static Settings ofTexts(Map<String, String> texts) {
    Checks.noNulls(texts, "Settings.ofTexts", "texts");
    return new Settings(new LinkedHashMap<>(texts));
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param json a JSON object
   * @return its values
   * @throws IllegalArgumentException if it is not sound JSON, has a name twice, is nested too deep,
   *     or contains null
   */
  public static Settings parse(String json) {
    Require.notNull(json, "Settings.parse", "json");
    return SettingsJson.read(json);
  }

  /**
   * These and one value more.
   *
   * @param name its name
   * @param value finite
   * @return new settings
   * @throws IllegalArgumentException if the name is taken, or the number is not finite
   */
  public Settings with(String name, double value) {
    Require.notNull(name, "Settings.with", "name");
    Require.finite(value, "Settings", "'" + name + "'");
    return plus(name, SettingsJson.canonical(value));
  }

  /**
   * These and one value more.
   *
   * @param name its name
   * @param value any
   * @return new settings
   * @throws IllegalArgumentException if the name is taken
   */
  public Settings with(String name, long value) {
    return plus(name, value);
  }

  /**
   * These and one value more.
   *
   * @param name its name
   * @param value any
   * @return new settings
   * @throws IllegalArgumentException if the name is taken
   */
  public Settings with(String name, boolean value) {
    return plus(name, value);
  }

  /**
   * These and one value more.
   *
   * @param name its name
   * @param value any
   * @return new settings
   * @throws IllegalArgumentException if the name is taken
   */
  public Settings with(String name, String value) {
    return plus(name, value);
  }

  /**
   * These and one value more.
   *
   * @param name its name
   * @param value any
   * @return new settings
   * @throws IllegalArgumentException if the name is taken
   */
  public Settings with(String name, Settings value) {
    Require.notNull(value, "Settings.with", "value");
    return plus(name, value);
  }

  /**
   * These and one list more.
   *
   * @param name its name
   * @param values whole or finite numbers, truth values, texts or settings
   * @return new settings
   * @throws IllegalArgumentException if the name is taken, or an element is of another type
   */
  public Settings with(String name, Collection<?> values) {
    Require.notNull(name, "Settings.with", "name");
    Checks.noNulls(values, "Settings.with", "values");
    List<Object> list = new ArrayList<>();
    for (Object value : values) {
      boolean sound =
          value instanceof Long
              || value instanceof Integer
              || (value instanceof Double number && Double.isFinite(number))
              || value instanceof Boolean
              || value instanceof String
              || value instanceof Settings;
      Require.that(
          sound, "Settings", "numbers, truth values, texts or settings in '" + name + "'", value);
      if (value instanceof Double number) {
        list.add(SettingsJson.canonical(number));
      } else if (value instanceof Integer number) {
        list.add(number.longValue());
      } else {
        list.add(value);
      }
    }
    return plus(name, Collections.unmodifiableList(list));
  }

  /**
   * These, and others after them.
   *
   * @param more the others
   * @return new settings
   * @throws IllegalArgumentException if they have a name in common
   */
  public Settings and(Settings more) {
    Require.notNull(more, "Settings.and", "more");
    Settings all = this;
    for (Map.Entry<String, Object> entry : more.values.entrySet()) {
      all = all.plus(entry.getKey(), entry.getValue());
    }
    return all;
  }

  private Settings plus(String name, Object value) {
    Require.notNull(name, "Settings.with", "name");
    Require.notNull(value, "Settings.with", "value");
    Require.that(
        !values.containsKey(name), "Settings", "each name once", name, "choose another name");
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Settings(more);
  }

  /** {@return the names, in order; not to be changed} */
  public Set<String> names() {
    return values.keySet();
  }

  /**
   * Whether there is a value.
   *
   * @param name its name
   * @return whether there is one
   */
  public boolean has(String name) {
    Require.notNull(name, "Settings.has", "name");
    return values.containsKey(name);
  }

  /**
   * A number.
   *
   * @param name its name
   * @return whole or not
   */
  public double getDouble(String name) {
    Require.notNull(name, "Settings.getDouble", "name");
    return get(name, Number.class, "a number").doubleValue();
  }

  /**
   * A whole number.
   *
   * @param name its name
   * @return the number
   */
  public long getLong(String name) {
    Require.notNull(name, "Settings.getLong", "name");
    return get(name, Long.class, "a whole number");
  }

  /**
   * A whole number that an {@code int} can hold.
   *
   * @param name its name
   * @return the number
   */
  public int getInt(String name) {
    Require.notNull(name, "Settings.getInt", "name");
    long number = getLong(name);
    Require.that(
        number == (int) number, "Settings", "'" + name + "' to be at most 2^31 - 1", number);
    return (int) number;
  }

  /**
   * A truth value.
   *
   * @param name its name
   * @return the value
   */
  public boolean getBoolean(String name) {
    Require.notNull(name, "Settings.getBoolean", "name");
    return get(name, Boolean.class, "true or false");
  }

  /**
   * A text.
   *
   * @param name its name
   * @return the text
   */
  public String getString(String name) {
    Require.notNull(name, "Settings.getString", "name");
    return get(name, String.class, "a text");
  }

  /**
   * All values, each of them a text.
   *
   * @return a new map of the texts by name
   */
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.keySet().forEach(name -> texts.put(name, getString(name)));
    return texts;
  }

  /**
   * Settings within these.
   *
   * @param name their name
   * @return the settings
   */
  public Settings getSettings(String name) {
    Require.notNull(name, "Settings.getSettings", "name");
    return get(name, Settings.class, "settings");
  }

  /**
   * A list.
   *
   * @param <T> the type of its elements
   * @param name its name
   * @param type {@code Long}, {@code Number}, {@code Boolean}, {@code String} or {@code Settings}
   * @return its elements
   */
  public <T> List<T> getList(String name, Class<T> type) {
    Require.notNull(name, "Settings.getList", "name");
    Require.notNull(type, "Settings.getList", "type");
    List<T> list = new ArrayList<>();
    for (Object value : get(name, List.class, "a list")) {
      list.add(cast(value, type, "a list of " + type.getSimpleName(), name));
    }
    return list;
  }

  private <T> T get(String name, Class<T> type, String what) {
    return cast(values.get(name), type, what, name);
  }

  private static <T> T cast(@Nullable Object value, Class<T> type, String what, String name) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          Require.message(
              "Settings",
              what + " named '" + name + "'",
              value == null ? "none" : Texts.brief(value),
              "write the file again, or correct it"));
    }
    return type.cast(value);
  }

  /**
   * Where other settings differ from these.
   *
   * @param found the other settings
   * @return a line for each value that differs, with its path; empty if they are equal
   */
  public List<String> differences(Settings found) {
    Require.notNull(found, "Settings.differences", "found");
    return SettingsComparison.differences(this, found);
  }

  /** The values, in order; not to be changed. */
  Map<String, Object> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** As JSON. */
  @Override
  public String toString() {
    return SettingsJson.write(this);
  }
}
