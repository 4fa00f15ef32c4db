package org.nn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import org.nn4j.examples.cli.Digits;
import org.nn4j.examples.cli.DigitsOptions;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.metric.ConfusionMatrix;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the confusion matrix of a network that {@code train} or {@link ModernMnist} saved. */
@Command(
    name = "evaluate",
    sortOptions = false,
    showDefaultValues = true,
    description = "Evaluates a trained network on test images.")
final class MnistEvaluate extends Example {
  @Mixin private DigitsOptions source = new DigitsOptions();

  @Mixin private ModelOption model = new ModelOption();

  @Override
  protected int run(PrintWriter out) throws IOException {
    Network network = model.load();
    Digits digits = source.load(out);
    ConfusionMatrix matrix = Metrics.confusionMatrix(10);
    model.requirePixels(network, digits.test().inputShape().size());
    Evaluator.of(network)
        .metrics(matrix)
        .evaluate(digits.test().mapInputs(x -> ModelOption.inputs(network, x)));
    out.println(matrix);
    out.println("trained on " + ModelOption.trainedOn(network));
    out.println(digits.accuracy(matrix.value()));
    return OK;
  }
}
