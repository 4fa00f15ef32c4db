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
 * Named values, written as a JSON object: the settings of a layer, an activation or an architecture
 * in a model file.
 *
 * <p>A value is a number, a boolean, a string, nested settings, or a list of these. Numbers with
 * integer values are integers: {@code 1.0} and {@code 1} are equal. The {@code get} methods throw
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
   * Returns empty settings.
   *
   * @return without values
   */
  public static Settings none() {
    return NONE;
  }

  /**
   * Returns settings with string values.
   *
   * @param texts strings by name
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
   * @throws IllegalArgumentException if it is not valid JSON, has a duplicate name, is nested too
   *     deeply, or contains null
   */
  public static Settings parse(String json) {
    Require.notNull(json, "Settings.parse", "json");
    return SettingsJson.read(json);
  }

  /**
   * Returns these settings with an additional value.
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
   * Returns these settings with an additional value.
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
   * Returns these settings with an additional value.
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
   * Returns these settings with an additional value.
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
   * Returns these settings with an additional value.
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
   * Returns these settings with an additional list.
   *
   * @param name its name
   * @param values integers, finite numbers, booleans, strings or settings
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
          sound, "Settings", "numbers, booleans, strings or settings in '" + name + "'", value);
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
   * Returns these settings followed by others.
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

  /** {@return the names, in order; unmodifiable} */
  public Set<String> names() {
    return values.keySet();
  }

  /**
   * Returns whether there is a value.
   *
   * @param name its name
   * @return whether there is one
   */
  public boolean has(String name) {
    Require.notNull(name, "Settings.has", "name");
    return values.containsKey(name);
  }

  /**
   * Returns a number.
   *
   * @param name its name
   * @return an integer or not
   */
  public double getDouble(String name) {
    Require.notNull(name, "Settings.getDouble", "name");
    return get(name, Number.class, "a number").doubleValue();
  }

  /**
   * Returns an integer.
   *
   * @param name its name
   * @return the number
   */
  public long getLong(String name) {
    Require.notNull(name, "Settings.getLong", "name");
    return get(name, Long.class, "an integer");
  }

  /**
   * Returns an integer that fits {@code int}.
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
   * Returns a boolean.
   *
   * @param name its name
   * @return the value
   */
  public boolean getBoolean(String name) {
    Require.notNull(name, "Settings.getBoolean", "name");
    return get(name, Boolean.class, "true or false");
  }

  /**
   * Returns a string.
   *
   * @param name its name
   * @return the string
   */
  public String getString(String name) {
    Require.notNull(name, "Settings.getString", "name");
    return get(name, String.class, "a text");
  }

  /**
   * Returns all values, which must be strings.
   *
   * @return a new map of the strings by name
   */
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.keySet().forEach(name -> texts.put(name, getString(name)));
    return texts;
  }

  /**
   * Returns nested settings.
   *
   * @param name their name
   * @return the settings
   */
  public Settings getSettings(String name) {
    Require.notNull(name, "Settings.getSettings", "name");
    return get(name, Settings.class, "settings");
  }

  /**
   * Returns a list.
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
   * Returns the differences of other settings from these.
   *
   * @param found the other settings
   * @return a line for each value that differs, with its path; empty if they are equal
   */
  public List<String> differences(Settings found) {
    Require.notNull(found, "Settings.differences", "found");
    return SettingsComparison.differences(this, found);
  }

  /** Returns the values, in order; unmodifiable. */
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

  /** Returns the settings as JSON. */
  @Override
  public String toString() {
    return SettingsJson.write(this);
  }
}
