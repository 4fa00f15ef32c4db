package org.nn4j.persistence;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.OptimizerState;
import org.nn4j.Require;
import org.nn4j.internal.Texts;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Safetensors;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.io.Settings;

/**
 * Conversion of the content of a checkpoint to tensors and strings, and back.
 *
 * @param model the metadata of the network
 * @param parameters the network's values by name
 * @param optimizer the state of the optimizer
 * @param streams the random streams by the path of their layer
 * @param progress the position in the run
 * @param notes strings by name
 * @param extras tensors by name
 */
record CheckpointContent(
    ModelMetadata model,
    Map<String, INDArray> parameters,
    OptimizerState optimizer,
    Settings streams,
    Progress progress,
    Map<String, String> notes,
    Map<String, INDArray> extras) {
  private static final String OPTIMIZER = "optimizer";
  private static final String OPTIMIZER_TENSORS = "optimizer.";
  private static final String EXTRAS = "extra.";
  private static final String NAME = "name";
  private static final String STEPS = "steps";
  private static final String EPOCH = "epoch";
  private static final String STEPS_IN_EPOCH = "steps_in_epoch";
  private static final String LOSS_SUM = "loss_sum";
  private static final String SAMPLES = "samples";
  private static final String STREAMS = "random_streams";
  private static final String NOTES = "notes";
  private static final String PLACE = "metadata '" + ModelMetadata.CHECKPOINT + "'";

  /** Returns whether a tensor is an addition of a checkpoint to those of the network. */
  static boolean isAdded(String tensor) {
    return tensor.startsWith(OPTIMIZER_TENSORS) || tensor.startsWith(EXTRAS);
  }

  CheckpointContent withNote(String name, String text) {
    Map<String, String> more = new LinkedHashMap<>(notes);
    more.put(name, text);
    CheckpointContent content =
        new CheckpointContent(model, parameters, optimizer, streams, progress, more, extras);
    int length = content.toSettings().toString().length();
    Require.that(
        length <= Texts.MAX_STRING_LENGTH,
        "Checkpoint",
        "notes of at most " + Texts.MAX_STRING_LENGTH + " characters in a model file",
        length,
        "shorten them, or put numbers into withTensor(...)");
    return content;
  }

  CheckpointContent withExtra(String name, INDArray tensor) {
    Map<String, INDArray> more = new LinkedHashMap<>(extras);
    more.put(name, Detached.make(() -> tensor.dup('c')));
    return new CheckpointContent(model, parameters, optimizer, streams, progress, notes, more);
  }

  Safetensors toSafetensors() {
    Map<String, INDArray> tensors = new LinkedHashMap<>(parameters);
    optimizer.vectors().forEach((name, vector) -> tensors.put(OPTIMIZER_TENSORS + name, vector));
    optimizer
        .numbers()
        .forEach((name, number) -> tensors.put(OPTIMIZER_TENSORS + name, NewArrays.scalar(number)));
    extras.forEach((name, tensor) -> tensors.put(EXTRAS + name, tensor));
    return new Safetensors(tensors, model.with(toSettings()).toMap());
  }

  private Settings toSettings() {
    return Settings.none()
        .with(EPOCH, progress.epoch())
        .with(STEPS_IN_EPOCH, progress.stepsInEpoch())
        .with(STEPS, progress.steps())
        // As bits, because JSON has no infinite numbers.
        .with(LOSS_SUM, Double.toHexString(progress.lossSum()))
        .with(SAMPLES, progress.samples())
        .with(
            OPTIMIZER,
            Settings.none().with(NAME, optimizer.optimizer()).with(STEPS, optimizer.steps()))
        .with(STREAMS, streams)
        .with(NOTES, Settings.ofTexts(notes));
  }

  static CheckpointContent of(SafetensorsReader reader) throws IOException {
    ModelMetadata model = ModelMetadata.of(reader);
    Optional<Settings> settings = model.checkpoint();
    if (settings.isEmpty()) {
      throw new ModelFormatException(
          reader.file(),
          "metadata '" + ModelMetadata.CHECKPOINT + "'",
          "that of a checkpoint",
          "none: the file is a model",
          "read it with ModelFiles.load");
    }
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    reader.forEach(tensors::put);
    try {
      return of(model, settings.get(), tensors);
    } catch (IllegalArgumentException e) {
      throw unsound(reader.file(), PLACE, e);
    }
  }

  /** Returns the progress in a header; empty if the file is a model. */
  static Optional<Progress> progress(SafetensorsReader reader) throws ModelFormatException {
    try {
      return ModelMetadata.of(reader).checkpoint().map(CheckpointContent::progress);
    } catch (IllegalArgumentException e) {
      throw unsound(reader.file(), PLACE, e);
    }
  }

  private static Progress progress(Settings settings) {
    return new Progress(
        settings.getInt(EPOCH),
        settings.getInt(STEPS_IN_EPOCH),
        settings.getLong(STEPS),
        Double.parseDouble(settings.getString(LOSS_SUM)),
        settings.getLong(SAMPLES));
  }

  static ModelFormatException unsound(String file, String place, IllegalArgumentException e) {
    return new ModelFormatException(
        file,
        place,
        "what a checkpoint writes",
        String.valueOf(e.getMessage()),
        "use the previous checkpoint",
        e);
  }

  private static CheckpointContent of(
      ModelMetadata model, Settings settings, Map<String, INDArray> tensors) {
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    Map<String, INDArray> vectors = new LinkedHashMap<>();
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, INDArray> extras = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(EXTRAS)) {
            extras.put(name.substring(EXTRAS.length()), tensor);
          } else if (!name.startsWith(OPTIMIZER_TENSORS)) {
            parameters.put(name, tensor);
          } else if (tensor.rank() == 0) {
            numbers.put(name.substring(OPTIMIZER_TENSORS.length()), tensor.getDouble(0));
          } else {
            vectors.put(name.substring(OPTIMIZER_TENSORS.length()), tensor);
          }
        });
    Settings optimizer = settings.getSettings(OPTIMIZER);
    CheckpointContent content =
        new CheckpointContent(
            model,
            parameters,
            new OptimizerState(
                optimizer.getString(NAME), optimizer.getLong(STEPS), vectors, numbers),
            settings.getSettings(STREAMS),
            progress(settings),
            settings.getSettings(NOTES).toTexts(),
            extras);
    Require.that(
        content.toSettings().equals(settings),
        "checkpoint",
        "no other settings",
        Texts.brief(settings),
        "copy the file again");
    return content;
  }
}
