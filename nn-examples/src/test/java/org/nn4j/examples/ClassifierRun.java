package org.nn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nn4j.examples.cli.Example;
import org.nn4j.mnist.digits.SyntheticDigits;
import picocli.CommandLine;

/** Runs {@link MnistClassifier} and keeps what it prints; writes the digits that it reads. */
final class ClassifierRun {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  int run(String... args) {
    CommandLine line = Example.commandLine(new MnistClassifier());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return MnistClassifier.execute(line, args);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  List<String> lines() {
    return out().lines().toList();
  }

  String lastLine() {
    return lines().get(lines().size() - 1);
  }

  /** Forgets what was printed. */
  void forget() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }

  /** Training on the digits of a folder, with the model beside them. */
  static String[] training(Path directory, String... more) {
    String model = directory.resolve("model.safetensors").toString();
    return concat(new String[] {"--data", directory.toString(), "--model", model}, more);
  }

  static String[] concat(String[] first, String... second) {
    return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
  }

  /** The same in a process of its own. */
  static ProcessBuilder process(List<String> settings, String... args) {
    return process(MnistClassifier.class, settings, args);
  }

  /** A main class in a process of its own. */
  static ProcessBuilder process(Class<?> main, List<String> settings, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings);
    String classPath = System.getProperty("java.class.path");
    command.add("-cp");
    command.add(System.getProperty("surefire.test.class.path", classPath));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Pictures of 4 x 4 pixels; the class is the pixel that is lit. */
  static void writeDigits(Path directory, String name, int n) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 16 * n);
    images.putInt(0x0803).putInt(n).putInt(4).putInt(4);
    ByteBuffer labels = ByteBuffer.allocate(8 + n);
    labels.putInt(0x0801).putInt(n);
    for (int i = 0; i < n; i++) {
      int label = 7 * i % 10;
      labels.put((byte) label);
      images.put(16 + 16 * i + label, (byte) 255);
    }
    Files.write(directory.resolve(name + "-images-idx3-ubyte"), images.array());
    Files.write(directory.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }

  /** Digits of ours in the files of MNIST. */
  static void writeGenerated(Path directory) throws IOException {
    SyntheticDigits digits = SyntheticDigits.generate(50, 7);
    for (String name : List.of("train", "t10k")) {
      digits.write(
          directory.resolve(name + "-images-idx3-ubyte"),
          directory.resolve(name + "-labels-idx1-ubyte"));
    }
  }
}
