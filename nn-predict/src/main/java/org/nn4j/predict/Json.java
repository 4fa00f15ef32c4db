package org.nn4j.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict JSON (RFC 8259): objects are read as maps in the order of the text, arrays as lists,
 * numbers as {@link Num}. Duplicate names, nesting beyond {@link #MAX_DEPTH}, and null are refused.
 */
final class Json {
  /** Maximum depth, above that of nested networks and below a stack overflow. */
  private static final int MAX_DEPTH = 200;

  private static final int MAX_NUMBER_LENGTH = 100;

  /** Number as written in the file. */
  static final class Num {
    private final String text;

    Num(String text) {
      this.text = text;
    }

    double toDouble() {
      return Double.parseDouble(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Thrown for invalid JSON, with its position. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String problem, int at) {
      super(problem + " at character " + at);
    }
  }

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /** Parses an object and nothing after it. */
  static Map<String, Object> parse(String text) throws Malformed {
    Json json = new Json(text);
    json.skipSpaces();
    if (json.peek() != '{') {
      throw json.malformed("no object");
    }
    Map<String, Object> object = json.object();
    json.skipSpaces();
    if (json.at < text.length()) {
      throw json.malformed("something after the object");
    }
    return object;
  }

  private Map<String, Object> object() throws Malformed {
    enter();
    Map<String, Object> object = new LinkedHashMap<>();
    if (isEnd('}')) {
      return object;
    }
    do {
      skipSpaces();
      String name = string();
      skipSpaces();
      expect(':');
      Object value = value();
      if (object.put(name, value) != null) {
        throw malformed("the name '" + Texts.brief(name) + "' twice");
      }
    } while (hasNext('}'));
    return object;
  }

  private List<Object> array() throws Malformed {
    enter();
    List<Object> array = new ArrayList<>();
    if (isEnd(']')) {
      return array;
    }
    do {
      array.add(value());
    } while (hasNext(']'));
    return array;
  }

  private void enter() throws Malformed {
    at++;
    if (++depth > MAX_DEPTH) {
      throw malformed("nesting deeper than " + MAX_DEPTH);
    }
  }

  private boolean isEnd(char end) throws Malformed {
    skipSpaces();
    if (peek() == end) {
      at++;
      depth--;
      return true;
    }
    return false;
  }

  private boolean hasNext(char end) throws Malformed {
    if (isEnd(end)) {
      return false;
    }
    expect(',');
    return true;
  }

  private Object value() throws Malformed {
    skipSpaces();
    char first = peek();
    if (first == '{') {
      return object();
    }
    if (first == '[') {
      return array();
    }
    if (first == '"') {
      return string();
    }
    if (text.startsWith("true", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("false", at)) {
      at += 5;
      return false;
    }
    return number();
  }

  private Num number() throws Malformed {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (peek() == '-' || peek() == '+') {
        at++;
      }
      digits();
    }
    if (at - start > MAX_NUMBER_LENGTH) {
      throw malformed("a number of more than " + MAX_NUMBER_LENGTH + " characters");
    }
    return new Num(text.substring(start, at));
  }

  private void digits() throws Malformed {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed("no value that is allowed here");
    }
  }

  private String string() throws Malformed {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw malformed("a control character in a string");
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws Malformed {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw malformed("an unknown escape");
    };
  }

  private char unicode() throws Malformed {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = "0123456789abcdef".indexOf(Character.toLowerCase(peek()));
      if (digit < 0) {
        throw malformed("no hexadecimal digit");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private void skipSpaces() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws Malformed {
    if (at >= text.length()) {
      throw malformed("the end");
    }
    return text.charAt(at);
  }

  private void expect(char c) throws Malformed {
    if (peek() != c) {
      throw malformed("no '" + c + "'");
    }
    at++;
  }

  private Malformed malformed(String problem) {
    return new Malformed(problem, at);
  }
}
