package org.nn4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.internal.Checks;
import org.nn4j.model.Network;
import org.nn4j.train.TrainingSettings.ValidationSplit;

/** Factory of the training and validation batches of a fit. */
final class TrainingDataFactory {
  private final TrainingSettings settings;
  private final Network network;
  private final @Nullable BatchSource validation;
  private final @Nullable Batches ownedValidation;

  TrainingDataFactory(TrainingSettings settings) {
    this.settings = settings;
    this.network = settings.network();
    Dataset data = settings.validation().data();
    this.ownedValidation = data == null ? null : settings.evaluator().inBatches(data);
    this.validation = data == null ? settings.validation().source() : ownedValidation;
    if (validation != null) {
      checkShapes(validation.inputShape(), validation.targetShape(), "validation data");
    }
  }

  TrainingData load(Dataset data) {
    checkShapes(data.inputShape(), data.targetShape(), "training data");
    Dataset training = data;
    BatchSource held = validation;
    List<Batches> owned = new ArrayList<>();
    ValidationSplit split = settings.validation().split();
    if (split != null) {
      Split parts = split.of(data, settings.seed());
      training = parts.training();
      Batches ofSplit = settings.evaluator().inBatches(parts.validation());
      owned.add(ofSplit);
      held = ofSplit;
    }
    if (!settings.classWeights().isEmpty()) {
      training =
          training.withClassWeights(
              settings.classWeights().stream().mapToDouble(Double::doubleValue).toArray());
    }
    Batches batches =
        settings.shuffle()
            ? Batches.shuffled(training, settings.batchSize(), network.dataType(), settings.seed())
            : Batches.inOrder(training, settings.batchSize(), network.dataType());
    if (settings.dropLast()) {
      batches.dropLast(samplesOfStep(training.size()));
    }
    owned.add(batches);
    return new TrainingData(
        batches.gatherAhead(), batches.batchesPerEpoch(), held, data.size() + " samples", owned);
  }

  /** Returns the number of samples in a full step; requires as many training samples. */
  private int samplesOfStep(int samples) {
    long ofStep = (long) settings.batchSize() * settings.microBatches();
    Require.that(
        ofStep <= samples,
        "Trainer, dropLast",
        "training data of at least one full step, " + ofStep + " samples",
        samples + " samples",
        "set a smaller batchSize or accumulate, or leave out dropLast");
    return (int) ofStep;
  }

  TrainingData load(BatchSource source) {
    if (!settings.forDataSets().isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              "Trainer",
              "no setting for data sets alone, because a source cuts its own batches",
              String.join(", ", settings.forDataSets()),
              "omit it, and set sizes, orders and weights in the source"));
    }
    checkShapes(source.inputShape(), source.targetShape(), "training data");
    OptionalInt batches = source.batchesPerEpoch();
    String size =
        "a source" + (batches.isPresent() ? " of " + batches.getAsInt() + " batches" : "");
    return new TrainingData(source, batches, validation, size, List.of());
  }

  TrainingData load(DataParallel workers) {
    settings.requireForWorkers();
    checkShapes(workers.inputShape(), workers.targetShape(), "training data");
    OptionalInt steps = OptionalInt.of(workers.stepsPerEpoch());
    return new TrainingData(null, steps, validation, workers.size(), List.of());
  }

  /** Returns the bytes of the validation batches, which are kept from fit to fit. */
  long offHeapBytes() {
    return ownedValidation == null ? 0 : ownedValidation.offHeapBytes();
  }

  void close() {
    if (ownedValidation != null) {
      ownedValidation.close();
    }
  }

  private void checkShapes(Shape inputs, Shape targets, String name) {
    Checks.sampleShape(network.inputShape(), inputs, "Trainer, " + name + ", inputs");
    Checks.targetShape(network.outputShape(), targets, "Trainer, " + name + ", targets");
  }
}
