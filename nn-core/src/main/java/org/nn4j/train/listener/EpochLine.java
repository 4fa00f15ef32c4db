package org.nn4j.train.listener;

import java.util.Locale;
import java.util.stream.Collectors;
import org.nn4j.internal.FigureTexts;
import org.nn4j.model.Evaluation;
import org.nn4j.train.EpochResult;

/** Rounded figures of an epoch in one line. */
final class EpochLine {
  private EpochLine() {}

  /** Returns the metrics, such as {@code " accuracy 0.9731"}. */
  static String metrics(Evaluation evaluation) {
    return evaluation.figures().entrySet().stream()
        .map(figure -> "  " + figure.getKey() + ' ' + FigureTexts.rounded(figure.getValue()))
        .collect(Collectors.joining());
  }

  /**
   * Returns the figures, such as {@code " loss 0.0312 validation loss 0.0417 accuracy 0.9731 58,000
   * samples/s"}.
   */
  static String of(EpochResult end) {
    StringBuilder line = new StringBuilder("  loss ").append(FigureTexts.rounded(end.loss()));
    line.append(metrics(end.training()));
    end.validation()
        .figures()
        .forEach(
            (name, value) ->
                line.append(name.equals("loss") ? "  validation " : "  ")
                    .append(name)
                    .append(' ')
                    .append(FigureTexts.rounded(value)));
    return line.append(String.format(Locale.ROOT, "  %,.0f samples/s", end.samplesPerSecond()))
        .toString();
  }
}
