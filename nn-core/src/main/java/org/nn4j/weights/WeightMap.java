package org.nn4j.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.weights.NameRule.Convention;
import org.nn4j.weights.NameRule.Origin;

/**
 * Rule that assigns the tensors of a file to the parameters of a network, which have names such as
 * {@code layers.0.weight}.
 *
 * <pre>{@code
 * WeightMap.pyTorch("fc1", "norm", "fc2");
 * WeightMap.byName().withTransposed("W1", "layers.0.weight").with("b1", "layers.0.bias");
 * }</pre>
 *
 * <p>Each parameter has one tensor of its shape, and each tensor a parameter, unless {@link
 * #keeping} or {@link #ignoring} names them. Immutable and thread-safe.
 */
public final class WeightMap {
  private final NameRule rule;
  private final Map<String, Origin> origins;
  private final Set<String> ignored;
  private final Set<String> kept;

  private WeightMap(
      NameRule rule, Map<String, Origin> origins, Set<String> ignored, Set<String> kept) {
    this.rule = rule;
    this.origins = origins;
    this.ignored = ignored;
    this.kept = kept;
  }

  private static WeightMap of(NameRule rule) {
    return new WeightMap(rule, Map.of(), Set.of(), Set.of());
  }

  /**
   * Returns the map of a state_dict of PyTorch.
   *
   * <pre>
   * dense                 weight [out, in] (transposed), bias
   * layer normalization   weight, bias
   * batch normalization   weight, bias, running_mean, running_var; num_batches_tracked is ignored
   * your own layer        the names of its parameters
   * </pre>
   *
   * @param modules the modules of the layers with parameters, in the order of the layers, such as
   *     {@code "fc1", "norm", "fc2"}, or {@code "0", "2"} for a Sequential; none for all modules of
   *     the file in its order, which is that of their definition
   * @return a map
   */
  public static WeightMap pyTorch(String... modules) {
    return of(
        new NameRule(Convention.PY_TORCH, Checks.noNulls(modules, "WeightMap.pyTorch", "modules")));
  }

  /**
   * Returns the map of weights of Keras by their paths, as {@code numpy.savez(file, **{w.path:
   * w.numpy() for w in model.weights})} writes them.
   *
   * <pre>
   * dense                 kernel [in, out], bias
   * layer normalization   gamma, beta
   * batch normalization   gamma, beta, moving_mean, moving_variance
   * your own layer        the names of its parameters
   * </pre>
   *
   * @param layers the Keras layers with weights, in the order of the layers of the network, such as
   *     {@code "dense", "dense_1"}; none for all layers of the file in its order
   * @return a map
   */
  public static WeightMap keras(String... layers) {
    return of(new NameRule(Convention.KERAS, Checks.noNulls(layers, "WeightMap.keras", "layers")));
  }

  /**
   * Returns the map by position: the first tensor is that of the first parameter, and so on, as
   * {@code numpy.savez(file, *model.get_weights())} of Keras writes them.
   *
   * @return a map without transposition
   */
  public static WeightMap inOrder() {
    return of(NameRule.of(Convention.IN_ORDER));
  }

  /**
   * Returns the map by name: a tensor has the name of its parameter.
   *
   * @return a map without transposition
   */
  public static WeightMap byName() {
    return of(NameRule.of(Convention.BY_NAME));
  }

  /**
   * Assigns a tensor to a parameter, before the rule of this map applies to the others.
   *
   * @param tensor the name of the tensor in the file
   * @param parameter the name of the parameter, such as {@code "layers.0.bias"}
   * @return a new map
   * @throws IllegalArgumentException if the parameter already has a tensor
   */
  public WeightMap with(String tensor, String parameter) {
    return with(tensor, parameter, false);
  }

  /**
   * Assigns a tensor with reversed dimensions, such as a kernel {@code [out, in]}.
   *
   * @param tensor the name of the tensor in the file
   * @param parameter the name of the parameter, such as {@code "layers.0.weight"}
   * @return a new map
   * @throws IllegalArgumentException if the parameter already has a tensor
   */
  public WeightMap withTransposed(String tensor, String parameter) {
    return with(tensor, parameter, true);
  }

  private WeightMap with(String tensor, String parameter, boolean isTransposed) {
    Require.notNull(tensor, "WeightMap.with", "tensor");
    Require.notNull(parameter, "WeightMap.with", "parameter");
    Map<String, Origin> more = new LinkedHashMap<>(origins);
    Origin before = more.put(parameter, new Origin(tensor, isTransposed));
    Require.that(
        before == null,
        "WeightMap",
        "one tensor for " + parameter,
        "'" + tensor + "' after another",
        "assign each parameter once");
    return new WeightMap(rule, more, ignored, kept);
  }

  /**
   * Ignores tensors.
   *
   * @param tensors names, or the beginnings of names before a dot or a slash: {@code "optimizer"}
   *     for {@code optimizer.state.0}
   * @return a new map
   */
  public WeightMap ignoring(String... tensors) {
    Checks.noNulls(tensors, "WeightMap.ignoring", "tensors");
    return new WeightMap(rule, origins, union(ignored, tensors), kept);
  }

  /**
   * Keeps the values of parameters, such as those of a new last layer.
   *
   * @param parameters names, or the beginnings of names before a dot: {@code "layers.2"}
   * @return a new map
   */
  public WeightMap keeping(String... parameters) {
    Checks.noNulls(parameters, "WeightMap.keeping", "parameters");
    return new WeightMap(rule, origins, ignored, union(kept, parameters));
  }

  private static Set<String> union(Set<String> some, String... more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(Arrays.asList(more));
    return all;
  }

  NameRule rule() {
    return rule;
  }

  /** The tensors assigned one by one, by parameter. */
  Map<String, Origin> origins() {
    return origins;
  }

  boolean ignores(String tensor) {
    return rule.ignores(tensor) || begins(ignored, tensor);
  }

  boolean keeps(String parameter) {
    return begins(kept, parameter);
  }

  private static boolean begins(Set<String> beginnings, String name) {
    return beginnings.stream()
        .anyMatch(
            beginning ->
                name.startsWith(beginning)
                    && (name.length() == beginning.length()
                        || "./".indexOf(name.charAt(beginning.length())) >= 0));
  }

  @Override
  public String toString() {
    return "WeightMap " + rule;
  }
}
