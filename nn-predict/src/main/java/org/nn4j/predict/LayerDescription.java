package org.nn4j.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Description of a layer or activation in a model file: type, settings, shapes, parameters.
 *
 * <p>Each method throws {@link ModelFormatException} if the file has another value at that place.
 * Not thread-safe.
 */
public final class LayerDescription {
  private final ModelReader model;
  private final String path;
  private final Map<String, Object> settings;
  private final List<Integer> input;
  private final List<Integer> output;

  LayerDescription(
      ModelReader model,
      String path,
      Map<String, Object> settings,
      List<Integer> input,
      List<Integer> output) {
    this.model = model;
    this.path = path;
    this.settings = settings;
    this.input = input;
    this.output = output;
  }

  /**
   * Returns the name of the type in the file.
   *
   * @return such as {@code "my.Gain"}
   * @throws ModelFormatException if the value is missing or of another type
   */
  public String type() throws ModelFormatException {
    return text("type");
  }

  /**
   * Returns the number of elements of one input.
   *
   * @return 1 or more
   */
  public int inputSize() {
    return size(input);
  }

  /**
   * Returns the number of elements of one output.
   *
   * @return 1 or more
   */
  public int outputSize() {
    return size(output);
  }

  /**
   * Returns a number among the settings.
   *
   * @param setting its name
   * @return a finite number
   * @throws ModelFormatException if the value is missing or of another type
   */
  public double number(String setting) throws ModelFormatException {
    Objects.requireNonNull(setting, "setting");
    double number = value(setting) instanceof Json.Num text ? text.toDouble() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw wrong(setting, "a finite number");
    }
    return number;
  }

  /**
   * Returns a string among the settings.
   *
   * @param setting its name
   * @return the string
   * @throws ModelFormatException if the value is missing or of another type
   */
  public String text(String setting) throws ModelFormatException {
    Objects.requireNonNull(setting, "setting");
    if (value(setting) instanceof String text) {
      return text;
    }
    throw wrong(setting, "a string");
  }

  /**
   * Returns a parameter of the layer.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param shape its dimensions
   * @return a new array of its elements, row-major
   * @throws ModelFormatException if the value is missing or of another type
   */
  public float[] parameter(String name, int... shape) throws ModelFormatException {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    return model.parameter(path.concat(name), shape);
  }

  List<Integer> input() {
    return input;
  }

  List<Integer> output() {
    return output;
  }

  /** Returns a nested object among the settings: an activation. */
  LayerDescription activation() throws ModelFormatException {
    return new LayerDescription(
        model, path, model.object(value("activation"), path.concat("activation")), output, output);
  }

  int count(String setting) throws ModelFormatException {
    return model.count(value(setting), path.concat(setting));
  }

  Object value(String setting) {
    return settings.get(setting);
  }

  String path() {
    return path;
  }

  /** Refuses unknown settings. */
  void requireOnly(String... names) throws ModelFormatException {
    Set<String> rest = new TreeSet<>(settings.keySet());
    rest.removeAll(Arrays.asList("type", "output"));
    rest.removeAll(Arrays.asList(names));
    if (!rest.isEmpty()) {
      throw model.wrong(path, "the settings " + Arrays.asList(names), rest);
    }
  }

  /** Checks that the layer keeps the shape of its input. */
  void requireSameShape() throws ModelFormatException {
    if (!input.equals(output)) {
      throw wrong("output", "the shape of the input " + input);
    }
  }

  /** Checks that the input has one dimension. */
  void requireVector() throws ModelFormatException {
    if (input.size() != 1) {
      throw model.wrong(path, "an input of one dimension", input);
    }
  }

  ModelFormatException wrong(String setting, String expected) {
    return model.wrong(path + setting, expected, value(setting));
  }

  private static int size(List<Integer> shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }
}
