package org.nn4j.mnist;

import static org.nn4j.mnist.IdxFiles.join;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NPY arrays and NPZ archives as NumPy does, sound and broken ones. */
final class NpzFiles {
  private NpzFiles() {}

  static byte[] npy(String header, byte[] elements) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    start.put((byte) 1).put((byte) 0).putShort((short) text.length);
    return join(start.array(), text, elements);
  }

  static byte[] bytes(String shape, int... elements) {
    byte[] bytes = new byte[elements.length];
    for (int i = 0; i < elements.length; i++) {
      bytes[i] = (byte) elements[i];
    }
    return npy(header("|u1", "False", shape), bytes);
  }

  static String header(String type, String fortran, String shape) {
    return "{'descr': '"
        + type
        + "', 'fortran_order': "
        + fortran
        + ", 'shape': ("
        + shape
        + "), }     \n";
  }

  static void write(Path file, Map<String, byte[]> arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }
    Files.write(file, bytes.toByteArray());
  }
}
