/**
 * Model files and checkpoints: {@link org.nn4j.persistence.ModelFiles} saves and loads networks,
 * {@link org.nn4j.persistence.Checkpoint} the state of a training run, and {@link
 * org.nn4j.persistence.ModelRegistry} adds layers of your own.
 */
@NullMarked
package org.nn4j.persistence;

import org.jspecify.annotations.NullMarked;
