package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program without the optional VectorGraphics2D. */
class MissingSvgWriterTest {
  private final Path folder;

  MissingSvgWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static URLClassLoader program() {
    URL[] jars =
        Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .filter(jar -> !jar.contains("VectorGraphics2D"))
            .map(MissingSvgWriterTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String jar) {
    try {
      return Path.of(jar).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void write(String method, Path file)
      throws IOException, ReflectiveOperationException {
    try (URLClassLoader program = program()) {
      Class<?> type = program.loadClass(Chart.class.getName());
      List<Double> x = List.of(1.0, 2.0);
      Class<?> style = program.loadClass(Chart.Style.class.getName());
      Object series =
          program
              .loadClass(Chart.Series.class.getName())
              .getConstructor(String.class, style, boolean.class, List.class)
              .newInstance("training", style.getEnumConstants()[0], false, x);
      Object chart =
          type.getConstructors()[0].newInstance("Loss", "epoch", "loss", "", x, List.of(series));
      Method writer = type.getMethod(method, Path.class);
      writer.invoke(chart, file);
    }
  }

  @Test
  void writingSvgNamesTheDependency() {
    Path file = folder.resolve("loss.svg");
    assertThatThrownBy(() -> write("writeSvg", file))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Chart.writeSvg: expected VectorGraphics2D on the class path, found none; add the"
                + " dependency de.erichseifert.vectorgraphics2d:VectorGraphics2D:0.13, or write a"
                + " PNG file");
    assertThat(file).doesNotExist();
  }

  @Test
  void pngFilesNeedNoOptionalDependency() throws IOException, ReflectiveOperationException {
    Path file = folder.resolve("loss.png");
    write("writePng", file);
    assertThat(file).isNotEmptyFile();
  }
}
