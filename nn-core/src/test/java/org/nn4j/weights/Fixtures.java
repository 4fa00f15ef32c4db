package org.nn4j.weights;

import static org.nn4j.activation.Activations.relu;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.model.Network;

/** The files of src/test/python/weights.py, and the network that their weights are of. */
final class Fixtures {
  /** The modules of PyTorch with parameters. */
  static final String[] MODULES = {"fc1", "batch_norm", "fc2", "layer_norm", "fc3"};

  private Fixtures() {}

  static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Network network(DataType type) {
    return Network.builder(4)
        .dense(5)
        .batchNormalization()
        .activation(relu())
        .dense(5)
        .layerNormalization()
        .activation(relu())
        .dense(3)
        .dataType(type)
        .seed(1)
        .build();
  }

  /** Writes an entry without compression. */
  static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
  }
}
