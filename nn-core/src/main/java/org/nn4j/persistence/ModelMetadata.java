package org.nn4j.persistence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.internal.Texts;
import org.nn4j.internal.memory.LibraryVersion;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.io.Settings;
import org.nn4j.model.ModelInfo;

/**
 * Metadata of a model file.
 *
 * @param type the data type of the network
 * @param architecture its layers
 * @param info the encoding of inputs and outputs
 * @param training the frozen parameters
 * @param checkpoint the state of the run, if the file is a checkpoint
 */
record ModelMetadata(
    DataType type,
    Settings architecture,
    ModelInfo info,
    Settings training,
    Optional<Settings> checkpoint) {
  /** Format of a network whose inputs and outputs are plain numbers or classes. */
  private static final String FORMAT_1 = "1";

  /** Newest format, for a network with features or targets. */
  private static final String FORMAT_2 = "2";

  static final String ARCHITECTURE = "architecture";
  static final String CHECKPOINT = "checkpoint";

  private static final String FORMAT = "format";
  private static final String NN4J = "nn4j";
  private static final String VERSION = "format_version";
  private static final String LIBRARY = "library_version";
  private static final String DTYPE = "dtype";
  private static final String INFO = "info";
  private static final String TRAINING = "training";

  /** The same, of a checkpoint. */
  ModelMetadata with(Settings ofCheckpoint) {
    return new ModelMetadata(type, architecture, info, training, Optional.of(ofCheckpoint));
  }

  Map<String, String> toMap() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(FORMAT, NN4J);
    // The oldest format that can represent the network, so that older versions can read it.
    texts.put(VERSION, needsFormat2() ? FORMAT_2 : FORMAT_1);
    texts.put(LIBRARY, LibraryVersion.get());
    texts.put(DTYPE, type == DataType.FLOAT ? "F32" : "F64");
    texts.put(ARCHITECTURE, architecture.toString());
    texts.put(INFO, info.toSettings().toString());
    texts.put(TRAINING, training.toString());
    checkpoint.ifPresent(settings -> texts.put(CHECKPOINT, settings.toString()));
    return texts;
  }

  /** Returns whether format 1 cannot represent the information. */
  private boolean needsFormat2() {
    return info.features().isPresent() || !info.targets().isEmpty();
  }

  static ModelMetadata of(SafetensorsReader reader) throws ModelFormatException {
    Fields fields = new Fields(reader.file(), reader.metadata());
    fields.requireFormat();
    Settings checkpoint =
        reader.metadata().containsKey(CHECKPOINT) ? fields.read(CHECKPOINT, Settings::parse) : null;
    return new ModelMetadata(
        fields.read(DTYPE, ModelMetadata::type),
        fields.read(ARCHITECTURE, Settings::parse),
        fields.read(INFO, text -> ModelInfo.of(Settings.parse(text))),
        fields.read(TRAINING, Settings::parse),
        Optional.ofNullable(checkpoint));
  }

  private static DataType type(String name) {
    if (name.equals("F32")) {
      return DataType.FLOAT;
    }
    if (name.equals("F64")) {
      return DataType.DOUBLE;
    }
    throw new IllegalArgumentException("'" + Texts.brief(name) + "'");
  }

  /** Strings of one file, with the file's name for messages. */
  private record Fields(String file, Map<String, String> texts) {
    void requireFormat() throws ModelFormatException {
      String format = texts.get(FORMAT);
      if (!NN4J.equals(format)) {
        throw new ModelFormatException(
            file,
            "metadata '" + FORMAT + "'",
            "'" + NN4J + "'",
            describe(format),
            "read the tensors of other programs with Safetensors.read");
      }
      String version = describe(texts.get(VERSION));
      if (!FORMAT_1.equals(texts.get(VERSION)) && !FORMAT_2.equals(texts.get(VERSION))) {
        throw new ModelFormatException(
            file,
            "metadata '" + VERSION + "'",
            "'" + FORMAT_1 + "' or '" + FORMAT_2 + "'",
            version + " of library version " + describe(texts.get(LIBRARY)),
            "take the library version that wrote it, or a newer one");
      }
    }

    <T> T read(String name, Function<String, T> parse) throws ModelFormatException {
      String text = texts.get(name);
      try {
        if (text != null) {
          return parse.apply(text);
        }
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw unsound(name, String.valueOf(e.getMessage()), e);
      }
      throw unsound(name, "none", null);
    }

    private ModelFormatException unsound(
        String name, String found, @Nullable RuntimeException cause) {
      return new ModelFormatException(
          file,
          "metadata '" + name + "'",
          "what ModelFiles.save writes",
          found,
          "copy the file again",
          cause);
    }

    private static String describe(@Nullable String text) {
      return text == null ? "none" : "'" + Texts.brief(text) + "'";
    }
  }
}
