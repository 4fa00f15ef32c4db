package org.nn4j.report;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.nn4j.io.FileAccess;

/**
 * SVG files of single charts. A separate class, because VectorGraphics2D is an optional dependency.
 */
final class SvgFile {
  private SvgFile() {}

  static void write(Chart chart, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorGraphics2D graphics = new VectorGraphics2D();
    ChartFile.drawing(chart).paint(graphics, ChartFile.WIDTH, ChartFile.HEIGHT);
    Processors.get("svg")
        .getDocument(graphics.getCommands(), new PageSize(ChartFile.WIDTH, ChartFile.HEIGHT))
        .writeTo(bytes);
    FileAccess.write(file, bytes.toByteArray());
  }
}
