package org.nn4j.io;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Things in a folder that have a path and are no files. */
public final class SpecialFiles {
  private SpecialFiles() {}

  /** A named pipe, which blocks a thread that opens it; without named pipes the test is skipped. */
  public static Path pipe(Path folder) throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException noSuchCommand) {
      assumeTrue(false, "no mkfifo");
    }
    assumeTrue(Files.exists(pipe));
    return pipe;
  }

  /** The socket of a program that is gone; the test is skipped where there are none. */
  public static Path socket(Path folder) {
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no sockets with a path");
    }
    return socket;
  }
}
