package org.nn4j.weights;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.nn4j.internal.Texts;
import org.nn4j.io.ModelFormatException;

/**
 * File that {@code torch.save} writes since PyTorch 1.6: an archive without compression.
 *
 * <pre>
 * name/data.pkl    the values, in which a tensor is a view of a numbered storage; see {@link Pickle}
 * name/data/0      the numbers of the storage 0, and so on
 * name/byteorder   little or big; little if there is none
 * </pre>
 *
 * <p>A tensor within dictionaries and lists has their keys and indices before its own, as in {@code
 * model.fc1.weight}. Values that are not tensors are skipped.
 */
final class TorchFile {
  /** Many times that of a large network. */
  private static final long MAX_PICKLE = 4_000_000;

  private static final int MAX_DEPTH = 100;

  private static final String PICKLE = "data.pkl";

  private final Archive archive;
  private final String root;
  private final ByteOrder order;
  private final List<StoredTensor> tensors = new ArrayList<>();

  /** Lists and dictionaries can contain themselves. */
  private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private TorchFile(Archive archive, String root) throws IOException {
    this.archive = archive;
    this.root = root;
    this.order = order();
  }

  /** Returns the tensors, or nothing if the archive is not such a file. */
  static Optional<List<StoredTensor>> tensors(Archive archive, String name) throws IOException {
    for (String entry : archive.entries().keySet()) {
      if (entry.endsWith("/" + PICKLE)
          && entry.indexOf('/') == entry.length() - PICKLE.length() - 1) {
        String root = entry.substring(0, entry.length() - PICKLE.length());
        TorchFile file = new TorchFile(archive, root);
        byte[] pickle = file.bytes(PICKLE, MAX_PICKLE);
        file.collect(name, Pickle.read(pickle, archive.file()), 0);
        return Optional.of(file.tensors);
      }
    }
    return Optional.empty();
  }

  private ByteOrder order() throws IOException {
    if (!archive.entries().containsKey(root + "byteorder")) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String text = new String(bytes("byteorder", Long.BYTES), StandardCharsets.US_ASCII);
    return switch (text) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw archive.wrong(root + "byteorder", "little or big", text);
    };
  }

  private byte[] bytes(String name, long most) throws IOException {
    ZipEntry entry = entry(name);
    if (entry.getSize() > most) {
      throw archive.wrong(entry.getName(), "at most " + most + " bytes", "" + entry.getSize());
    }
    return archive.read(entry, in -> in.readNBytes((int) entry.getSize()));
  }

  private ZipEntry entry(String name) throws ModelFormatException {
    ZipEntry entry = archive.entries().get(root + name);
    if (entry == null || !Archive.isStored(entry)) {
      throw archive.wrong(
          root + name, "an entry without compression", entry == null ? "none" : "compression");
    }
    return entry;
  }

  private void collect(String path, Object value, int depth) throws ModelFormatException {
    if (value instanceof TorchTensor tensor) {
      tensors.add(stored(path, tensor));
    } else if (value instanceof Map<?, ?> map && visited.add(map)) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        collectWithin(path, entry.getKey(), entry.getValue(), depth);
      }
    } else if (value instanceof List<?> list && visited.add(list)) {
      for (int i = 0; i < list.size(); i++) {
        collectWithin(path, i, list.get(i), depth);
      }
    } else if (value instanceof Pickle.Tuple tuple) {
      collect(path, tuple.items(), depth);
    }
  }

  private void collectWithin(String path, Object key, Object value, int depth)
      throws ModelFormatException {
    if (depth == MAX_DEPTH) {
      throw archive.wrong(root + PICKLE, "at most " + MAX_DEPTH + " levels", "more");
    }
    collect(depth == 0 ? key.toString() : path + "." + key, value, depth + 1);
  }

  private StoredTensor stored(String name, TorchTensor tensor) throws ModelFormatException {
    TorchStorage storage = tensor.storage();
    ZipEntry entry = entry("data/" + storage.key());
    if (entry.getSize() / storage.type().width() != storage.length()
        || entry.getSize() % storage.type().width() != 0) {
      throw archive.wrong(
          entry.getName(),
          storage.length() + " elements of " + storage.type(),
          entry.getSize() + " bytes");
    }
    StridedElements elements = tensor.elements(order);
    return new StoredTensor(
        name,
        storage.type().name(),
        tensor.shape(),
        () -> archive.read(entry, in -> elements.read(in, archive.file(), Texts.brief(name))));
  }
}
