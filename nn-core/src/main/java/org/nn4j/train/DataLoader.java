package org.nn4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.BatchSource;
import org.nn4j.data.Batches;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;

/** How the data of a fit becomes batches to train on and batches to measure on. */
final class DataLoader {
  private final Network network;
  private final Evaluator evaluator;
  private final int batchSize;
  private final int microBatches;
  private final boolean shuffle;
  private final long seed;
  private final boolean dropLast;
  private final double @Nullable [] classWeights;
  private final TrainerBuilder.@Nullable ValidationSplit split;
  private final @Nullable BatchSource validation;
  private final @Nullable Batches ownedValidation;
  private final Set<String> forDataSetsAlone;

  DataLoader(Network network, TrainerBuilder settings) {
    this.network = network;
    this.evaluator = settings.evaluator;
    this.batchSize = settings.batchSize;
    this.microBatches = settings.microBatches;
    this.shuffle = settings.shuffle;
    this.seed = settings.seed;
    this.dropLast = settings.dropLast;
    this.classWeights = settings.classWeights;
    this.split = settings.split;
    this.validation = settings.validation == null ? null : settings.validation.get();
    this.ownedValidation =
        settings.ownsValidation && validation instanceof Batches batches ? batches : null;
    this.forDataSetsAlone = Set.copyOf(settings.forDataSetsAlone);
    if (validation != null) {
      checkShapes(validation.inputShape(), validation.targetShape(), "validation data");
    }
  }

  TrainingData of(Dataset data) {
    checkShapes(data.inputShape(), data.targetShape(), "training data");
    Dataset training = data;
    BatchSource held = validation;
    List<Batches> owned = new ArrayList<>();
    if (split != null) {
      Split parts = split.of(data, seed);
      training = parts.training();
      Batches ofSplit = evaluator.inBatches(parts.validation());
      owned.add(ofSplit);
      held = ofSplit;
    }
    if (classWeights != null) {
      training = training.withClassWeights(classWeights);
    }
    Batches batches =
        shuffle
            ? Batches.shuffled(training, batchSize, network.dataType(), seed)
            : Batches.inOrder(training, batchSize, network.dataType());
    if (dropLast) {
      batches.dropLast(batchSize * microBatches);
    }
    owned.add(batches);
    return new TrainingData(batches.gatherAhead(), held, data.size() + " samples", owned);
  }

  TrainingData of(BatchSource source) {
    if (!forDataSetsAlone.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              "Trainer",
              "no setting for data sets alone, because a source cuts its own batches",
              String.join(", ", forDataSetsAlone.stream().sorted().toList()),
              "leave it out, and give sizes, orders and weights to the source"));
    }
    checkShapes(source.inputShape(), source.targetShape(), "training data");
    OptionalInt batches = source.batchesPerEpoch();
    String size =
        "a source" + (batches.isPresent() ? " of " + batches.getAsInt() + " batches" : "");
    return new TrainingData(source, validation, size, List.of());
  }

  /** The batches of validation data, which are kept from fit to fit. */
  long offHeapBytes() {
    return ownedValidation == null ? 0 : ownedValidation.offHeapBytes();
  }

  void close() {
    if (ownedValidation != null) {
      ownedValidation.close();
    }
  }

  void checkShapes(Shape inputs, Shape targets, String name) {
    Require.sampleShape(network.inputShape(), inputs, "Trainer, " + name + ", inputs");
    Require.targetShape(network.outputShape(), targets, "Trainer, " + name + ", targets");
  }
}
