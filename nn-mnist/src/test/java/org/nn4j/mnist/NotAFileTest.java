package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.internal.download.Checksum;
import org.nn4j.mnist.digits.DigitImage;

/** A named pipe is neither read, which would block, nor replaced. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
class NotAFileTest {
  private static Path pipe(Path folder) throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException noSuchCommand) {
      assumeTrue(false, "no mkfifo");
    }
    return pipe;
  }

  @Test
  void noReaderOpensAPipe(@TempDir Path folder) throws Exception {
    Path pipe = pipe(folder);
    String message =
        pipe
            + ": expected a regular file, found a named pipe, a socket or a device; correct the path";
    assertThatThrownBy(() -> Idx.read(pipe)).hasMessage(message);
    assertThatThrownBy(() -> IdxReader.open(pipe)).hasMessage(message);
    assertThatThrownBy(() -> new KerasArchive(pipe).load()).hasMessage(message);
    assertThatThrownBy(() -> Checksum.md5OfFile("0").valueOf(pipe)).hasMessage(message);
    assertThatThrownBy(() -> DigitImage.read(pipe)).isInstanceOf(IOException.class);
  }

  @Test
  void noWriterReplacesAPipe(@TempDir Path folder) throws Exception {
    Path pipe = pipe(folder);
    assertThatThrownBy(() -> Idx.ofBytes(ElementType.UBYTE, new byte[2], 2).write(pipe))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            pipe
                + ": expected a file that can be written, found a named pipe, a socket or a device;"
                + " name another file");
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
  }
}
