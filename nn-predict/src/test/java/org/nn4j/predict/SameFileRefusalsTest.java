package org.nn4j.predict;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/** Files that are no classifier are refused with the messages of nn-core. */
class SameFileRefusalsTest {
  @TempDir private Path folder;

  @Test
  void refusalsOfFiles() throws IOException {
    Path missing = folder.resolve("missing.safetensors");
    assertThat(refusal(missing, NoSuchFileException.class))
        .isEqualTo(missing + ": expected a regular file, found none; correct the path");
    assertThat(refusal(Path.of("missing.safetensors"), NoSuchFileException.class))
        .startsWith("missing.safetensors: expected a regular file, found none at /")
        .endsWith("/missing.safetensors; correct the path");
    assertThat(refusal(folder, FileSystemException.class))
        .isEqualTo(folder + ": expected a regular file, found a folder; correct the path");
    Path csv = Files.writeString(folder.resolve("a.csv"), "age,income\n33,2.5\n");
    assertThat(refusal(csv, IOException.class))
        .isEqualTo(
            "model file "
                + csv
                + ", byte 0: expected a safetensors file, which begins with the length of its"
                + " header, here at most 10 bytes, found a length of 8026380358899820385 bytes;"
                + " pass a safetensors file, or copy this one again if it is cut off");
    Path negative =
        Files.write(folder.resolve("negative"), "\u00ff".repeat(9).getBytes(ISO_8859_1));
    assertThat(refusal(negative, IOException.class))
        .contains("found a length of 18446744073709551615 bytes; ");
    Path few = Files.writeString(folder.resolve("few.csv"), "a,b");
    assertThat(refusal(few, IOException.class))
        .contains(", byte 0: expected a safetensors file, of 8 bytes or more, found 3 bytes; ");
    Path regressor = folder.resolve("regressor.safetensors");
    Network network = Network.builder(1).dense(1).seed(1).build();
    network.setInfo(ModelInfo.none().withTargets(List.of(TargetColumn.unscaled("price"))));
    ModelFiles.save(network, regressor);
    assertThat(refusal(regressor, IOException.class)).endsWith("; use Regressor.load");
  }

  /** Returns the message of both classifiers for a file, without the link of nn-core. */
  private static String refusal(Path file, Class<? extends IOException> type) {
    Throwable core = catchThrowable(() -> org.nn4j.estimator.Classifier.load(file));
    Throwable own = catchThrowable(() -> Classifier.load(file));
    assertThat(core).isInstanceOf(type);
    assertThat(own)
        .isInstanceOf(type)
        .hasMessage(core.getMessage().replaceFirst("; see docs/.*", ""));
    assertThat(own.getClass().getSimpleName()).isEqualTo(core.getClass().getSimpleName());
    return own.getMessage();
  }
}
