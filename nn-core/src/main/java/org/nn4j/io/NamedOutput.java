package org.nn4j.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/** A stream whose failures are told in other words: those of the disk name no file. */
final class NamedOutput extends FilterOutputStream {
  private final UnaryOperator<IOException> words;

  NamedOutput(OutputStream out, UnaryOperator<IOException> words) {
    super(out);
    this.words = words;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw words.apply(e);
    }
  }
}
