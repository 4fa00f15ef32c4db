/**
 * Weights of other programs: PyTorch's state_dict files, safetensors, and NumPy arrays into
 * networks.
 */
@NullMarked
package org.nn4j.weights;

import org.jspecify.annotations.NullMarked;
