package org.nn4j.tuning;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.model.Network;

/**
 * Check that a recipe builds a new network for each candidate of a run, which closes the networks.
 * Thread-safe.
 */
final class RecipeCheck {
  private final String who;
  private final String part;
  private final Set<Network> used =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * Creates the check of a run.
   *
   * @param who the object that throws
   * @param part what the recipe is called for, such as {@code "fold"}
   */
  RecipeCheck(String who, String part) {
    this.who = who;
    this.part = part;
  }

  Candidate checked(@Nullable Candidate made) {
    Candidate candidate = Require.notNull(made, who, "candidate of the recipe");
    Network network = candidate.trainer().network();
    if (!used.add(network)) {
      throw refused("the same one twice", null);
    }
    try {
      network.parameters().values();
    } catch (IllegalStateException e) {
      throw refused("a closed one", e);
    }
    return candidate;
  }

  private IllegalStateException refused(String found, @Nullable Exception cause) {
    return new IllegalStateException(
        Require.message(
            who,
            "a recipe that builds a new network for each " + part,
            found,
            "call Network.builder(...) inside the recipe"),
        cause);
  }
}
