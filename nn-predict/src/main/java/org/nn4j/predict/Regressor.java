package org.nn4j.predict;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Saved model that predicts values in the units of the training data from a raw row.
 *
 * <pre>{@code
 * Regressor model = Regressor.load(Path.of("rent.safetensors"));
 * double price = model.predict(Map.of("rooms", 3, "city", "Rome")).value();
 * }</pre>
 */
public final class Regressor extends Estimator<Estimate> {
  @Serial private static final long serialVersionUID = 1L;

  private static final String WHO = "Regressor";

  private final transient List<ModelInfo.Target> targets;

  private Regressor(Predictor predictor) {
    super(predictor);
    this.targets = predictor.info().targets;
  }

  /**
   * Returns a regressor of a predictor whose file has targets.
   *
   * @param predictor for example one with user-defined layers
   * @return the regressor
   * @throws IllegalArgumentException if there are no targets
   */
  public static Regressor of(Predictor predictor) {
    Texts.notNull(predictor, "Regressor.of", "predictor");
    Misfit misfit = misfit(predictor);
    if (misfit != null) {
      throw misfit.ofNetwork();
    }
    return new Regressor(predictor);
  }

  /** Returns null if the network of a predictor fits. */
  private static Misfit misfit(Predictor predictor) {
    if (!predictor.info().targets.isEmpty()) {
      return null;
    }
    String expected = "a network with targets";
    String set = "set them: network.setInfo(network.info().withTargets(...))";
    return predictor.info().classLabels.isEmpty()
        ? new Misfit(WHO, expected, "none", set, "load it with Predictor.load, or " + set)
        : new Misfit(
            WHO, expected, "one with class labels", "use Classifier", "use Classifier.load");
  }

  /**
   * Loads a regressor, also from a checkpoint.
   *
   * @param file a file that {@code save} of nn-core wrote
   * @return the regressor
   * @throws ModelFormatException if the file is damaged, of another kind or of a newer format
   * @throws IOException if it cannot be read
   */
  @NewerThanApi24
  public static Regressor load(Path file) throws IOException {
    Predictor predictor = Predictor.load(file);
    return of(file.toString(), predictor);
  }

  /**
   * Loads a regressor from a stream, which is read to its end and not closed.
   *
   * @param in a whole model file
   * @return the regressor
   * @throws ModelFormatException as of {@link #load(Path)}
   * @throws IOException if it cannot be read
   */
  public static Regressor load(InputStream in) throws IOException {
    return of(Predictor.IN_STREAM, Predictor.load(in));
  }

  /**
   * Loads a regressor from memory.
   *
   * @param bytes a whole model file; copied
   * @return the regressor
   * @throws ModelFormatException as of {@link #load(Path)}
   */
  public static Regressor load(byte[] bytes) throws ModelFormatException {
    return of(Predictor.IN_MEMORY, Predictor.load(bytes));
  }

  private static Regressor of(String file, Predictor predictor) throws ModelFormatException {
    Misfit misfit = misfit(predictor);
    if (misfit != null) {
      throw misfit.ofFile(file);
    }
    return new Regressor(predictor);
  }

  @Override
  Regressor again(Predictor read) {
    return of(read);
  }

  /**
   * Returns the names of the target columns.
   *
   * @return in the order of the outputs
   */
  public List<String> targets() {
    List<String> names = new ArrayList<>();
    for (ModelInfo.Target target : targets) {
      names.add(target.name);
    }
    return Collections.unmodifiableList(names);
  }

  @Override
  Estimate prediction(float[] outputs) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < outputs.length; i++) {
      values.put(targets.get(i).name, targets.get(i).unscaled(outputs[i]));
    }
    return new Estimate(values);
  }

  @Override
  public String toString() {
    return "Regressor(" + describeInput() + " -> " + targets() + ")";
  }
}
