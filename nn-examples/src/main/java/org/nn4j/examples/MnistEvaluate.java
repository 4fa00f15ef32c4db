package org.nn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.nn4j.metric.ConfusionMatrix;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** Measures a network that {@code train} or {@link ModernMnist} saved, digit by digit. */
@Command(
    name = "evaluate",
    sortOptions = false,
    showDefaultValues = true,
    description = "Measures a trained network on test images.")
final class MnistEvaluate implements Callable<Integer> {
  @Mixin private DigitsOptions source = new DigitsOptions();

  @Mixin private ModelOption model = new ModelOption();

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Network network = model.load();
    Digits digits = source.load(out);
    ConfusionMatrix matrix = new ConfusionMatrix(10);
    model.requirePixels(network, digits.test().inputShape().size());
    Evaluator.of(network)
        .metrics(matrix)
        .evaluate(digits.test().mapInputs(x -> ModelOption.inputs(network, x)));
    out.println(matrix);
    out.println("trained on " + ModelOption.trainedOn(network));
    out.println(digits.accuracy(matrix.value()));
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
