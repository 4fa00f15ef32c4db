package org.nn4j.io;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.Texts;

/** Reader of the JSON of a {@link SafetensorsHeader}, which checks its values. */
final class SafetensorsJsonReader {
  private final String file;
  private final JsonParser parser;
  private final List<TensorInfo> tensors = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private String place = "header";

  private SafetensorsJsonReader(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  static SafetensorsHeader read(String file, byte[] json, long dataBytes)
      throws ModelFormatException {
    try (JsonParser parser = Json.factory().createParser(decode(file, json))) {
      SafetensorsJsonReader reader = new SafetensorsJsonReader(file, parser);
      reader.readAll();
      return SafetensorsHeader.checked(file, reader.tensors, reader.metadata, dataBytes);
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          file,
          "header",
          "valid JSON with unique names",
          e.getOriginalMessage() + at(e.getLocation()),
          SafetensorsHeader.REMEDY,
          e);
    } catch (ModelFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null ? "" : " at character " + location.getCharOffset();
  }

  private static String decode(String file, byte[] json) throws ModelFormatException {
    if (json.length == 0 || json[0] != '{') {
      throw new ModelFormatException(
          file,
          "byte " + SafetensorsReader.PREFIX,
          "a header that begins with '{'",
          json.length == 0 ? "an empty one" : "byte 0x" + Integer.toHexString(json[0] & 0xff),
          "check that this is a safetensors file");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(
          file, "header", "text in UTF-8", "bytes that are not UTF-8", SafetensorsHeader.REMEDY, e);
    }
  }

  private void readAll() throws IOException {
    expect(START_OBJECT, "an object");
    for (String name = nextName(); name != null; name = nextName()) {
      if (name.equals(SafetensorsHeader.METADATA)) {
        readMetadata();
      } else {
        place = SafetensorsHeader.place(name);
        readTensor(name);
      }
      place = "header";
    }
    JsonToken after = parser.nextToken();
    if (after != null) {
      throw wrong("nothing but spaces after the header's object", describe(after));
    }
  }

  private void readMetadata() throws IOException {
    place = SafetensorsHeader.METADATA;
    expect(START_OBJECT, "an object");
    for (String name = nextName(); name != null; name = nextName()) {
      expect(VALUE_STRING, "a string for '" + Texts.brief(name) + "'");
      metadata.put(name, parser.getText());
    }
  }

  private void readTensor(String name) throws IOException {
    expect(START_OBJECT, "an object");
    String type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    for (String field = nextName(); field != null; field = nextName()) {
      if (field.equals(SafetensorsHeader.DTYPE)) {
        type = readType();
      } else if (field.equals(SafetensorsHeader.SHAPE)) {
        shape = readCounts(field);
      } else if (field.equals(SafetensorsHeader.OFFSETS)) {
        offsets = readCounts(field);
      } else {
        throw wrong("dtype, shape and data_offsets alone", "'" + Texts.brief(field) + "'");
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw wrong(
          "dtype, shape and data_offsets",
          "dtype "
              + Texts.brief(String.valueOf(type))
              + ", shape "
              + Texts.brief(String.valueOf(shape))
              + ", data_offsets "
              + Texts.brief(String.valueOf(offsets)));
    }
    if (offsets.size() != 2) {
      throw wrong("data_offsets [begin, end]", "[" + Texts.list(offsets) + "]");
    }
    SafetensorsHeader.requireShape(file, place, type, shape, offsets.get(0), offsets.get(1));
    tensors.add(new TensorInfo(name, type, shape, offsets.get(0), offsets.get(1)));
  }

  private String readType() throws IOException {
    expect(VALUE_STRING, "a string for 'dtype'");
    return parser.getText();
  }

  private List<Long> readCounts(String field) throws IOException {
    expect(START_ARRAY, "an array for '" + field + "'");
    List<Long> counts = new ArrayList<>();
    for (JsonToken token = parser.nextToken(); token != END_ARRAY; token = parser.nextToken()) {
      boolean fits =
          token == VALUE_NUMBER_INT
              && parser.getTextLength() <= Json.MAX_NUMBER_LENGTH
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && parser.getLongValue() >= 0;
      if (!fits) {
        throw wrong("integers from 0 to 2^63 - 1 in '" + field + "'", describe(token));
      }
      counts.add(parser.getLongValue());
    }
    return counts;
  }

  private @Nullable String nextName() throws IOException {
    return parser.nextToken() == END_OBJECT ? null : parser.currentName();
  }

  private void expect(JsonToken token, String what) throws IOException {
    JsonToken found = parser.nextToken();
    if (found != token) {
      throw wrong(what, describe(found));
    }
  }

  private String describe(@Nullable JsonToken token) throws IOException {
    return token == null ? "the end" : Texts.brief(parser.getText());
  }

  private ModelFormatException wrong(String expected, String found) {
    return new ModelFormatException(file, place, expected, found, SafetensorsHeader.REMEDY);
  }
}
