package org.nn4j.model;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one layer did with a batch.
 *
 * @param path where the layer stands, such as {@code layers.0}
 * @param layer the layer, as it prints itself
 * @param activations its output {@code [B, out...]}, a copy
 * @param activation the statistics of its output
 * @param outputGradient those of ∂L/∂output; of ∂L/∂Z for a last layer whose activation is fused
 *     with the loss; empty without a loss
 * @param parameterGradient those of ∂L/∂θ of its parameters, as one row; empty without a loss or
 *     without parameters
 */
public record LayerReport(
    String path,
    String layer,
    INDArray activations,
    Statistics activation,
    Optional<Statistics> outputGradient,
    Optional<Statistics> parameterGradient) {}
