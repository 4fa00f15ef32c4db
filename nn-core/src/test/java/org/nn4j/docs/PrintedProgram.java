package org.nn4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A whole program of a document, compiled exactly as printed and run. */
final class PrintedProgram {
  private PrintedProgram() {}

  /** Compiles into a folder, runs {@code main}, and returns what it prints. */
  static String run(String program, Path folder, String... arguments) throws Exception {
    String name = Document.find("public (?:final )?class (\\w+)", program).get(0).group(1);
    compile(name, program, folder);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, UTF_8));
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }

  private static void compile(String name, String program, Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve(name + ".java"), program);
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    List<String> options =
        List.of(
            "-Xlint:all",
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", classPath));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s: %s", name, messages).isTrue();
    }
  }
}
