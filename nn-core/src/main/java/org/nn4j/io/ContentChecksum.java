package org.nn4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checksum of the content of a file, which detects flipped bits.
 *
 * <pre>
 * lines      "name=text" for each entry of the metadata except the checksum,
 *            "name dtype shape crc" for each tensor, such as "w F32 [2, 3] 1c291ca3";
 *            crc is the CRC-32 of its bytes in 8 hexadecimal digits
 * checksum   CRC-32 of the lines in UTF-8, sorted, a line feed after each
 * </pre>
 *
 * <p>It does not change when another program writes the same content in another order.
 */
final class ContentChecksum {
  /** Name of the checksum in the metadata. */
  static final String NAME = "nn4j_crc32";

  private static final int DIGITS = 8;

  private final SortedSet<String> lines = new TreeSet<>();
  private final CRC32 ofTensor = new CRC32();

  /** Creates a checksum of the metadata; tensors are added afterwards. */
  ContentChecksum(Map<String, String> metadata) {
    metadata.forEach(
        (name, text) -> {
          if (!name.equals(NAME)) {
            lines.add(name + "=" + text);
          }
        });
  }

  /** Adds a tensor while its bytes are written. */
  void write(TensorInfo info, INDArray tensor, OutputStream out) throws IOException {
    ofTensor.reset();
    TensorData.write(tensor, new CheckedOutputStream(out, ofTensor));
    add(info);
  }

  /** Adds a tensor while its bytes are read. */
  INDArray read(TensorInfo info, InputStream in, String file) throws IOException {
    ofTensor.reset();
    INDArray tensor = TensorData.read(info, new CheckedInputStream(in, ofTensor), file);
    add(info);
    return tensor;
  }

  private void add(TensorInfo info) {
    lines.add(info.name() + " " + info.dtype() + " " + info.shape() + " " + digits(ofTensor));
  }

  String value() {
    CRC32 all = new CRC32();
    lines.forEach(line -> all.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return digits(all);
  }

  private static String digits(CRC32 checksum) {
    return HexFormat.of().toHexDigits(checksum.getValue(), DIGITS);
  }
}
