package org.nn4j.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.Shape;
import org.nn4j.model.Network;
import org.nn4j.report.Page.Gallery;
import org.nn4j.report.Page.Image;
import org.nn4j.report.Page.Picture;
import org.nn4j.report.Page.Section;

/** Weights of the first units of the first layer, in the form of the input's pictures. */
final class WeightSection {
  private static final int MAX_UNITS = 40;
  private static final int COLUMNS = 8;
  private static final int SHOWN_WIDTH = 512;

  private WeightSection() {}

  static Section of(Network network, Shape form) {
    Optional<Parameter> weight =
        network.parameters().stream()
            .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
            .findFirst()
            .filter(first -> first.value().rank() == 2 && first.value().size(0) == form.size());
    if (weight.isEmpty()) {
      return Section.none();
    }
    long all = weight.get().value().size(1);
    int shown = (int) Math.min(MAX_UNITS, all);
    BufferedImage image = Pixels.weights(units(weight.get(), shown), form, COLUMNS).image();
    int height = SHOWN_WIDTH * image.getHeight() / image.getWidth();
    Picture picture =
        new Picture(
            List.of(
                new Image(
                    new Pixels(image).dataUri(), "Weights of " + shown + " units as pictures")),
            SHOWN_WIDTH,
            height,
            "Orange: positive. White: 0. Blue: negative. Each unit has its own scale.");
    Gallery gallery =
        new Gallery(shown + " of " + all + " units of the first layer", List.of(picture));
    return new Section(
        "weights", "First-layer weights", "", List.of(), List.of(), List.of(gallery));
  }

  private static double[][] units(Parameter weight, int count) {
    double[][] units = new double[count][];
    for (int unit = 0; unit < count; unit++) {
      try (INDArray column = weight.value().getColumn(unit).dup('c').castTo(DataType.DOUBLE)) {
        units[unit] = column.data().asDouble();
      }
    }
    return units;
  }
}
