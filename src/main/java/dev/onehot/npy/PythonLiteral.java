package dev.onehot.npy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a Python literal of the kinds that stand in headers: a dict, tuple, list, string, whole
 * number, {@code True}, {@code False} or {@code None}. They become a {@code Map}, {@code List},
 * {@code String}, {@code Long}, {@code Boolean} and null. Source: "Lexical analysis" and
 * "Expressions" in the reference of the Python language.
 */
final class PythonLiteral {

  /** Deeper literals are in no header, and would overflow the stack. */
  private static final int MOST_LEVELS = 32;

  private final String text;
  private int at;
  private int level;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * The literal's value.
   *
   * @throws IOException if the text is no literal, or something follows it; the message names the
   *     character, from 0
   */
  static Object parse(String text) throws IOException {
    PythonLiteral literal = new PythonLiteral(text);
    Object value = literal.value();
    literal.skipSpaces();
    if (literal.at < text.length()) {
      throw literal.unexpected("the end");
    }
    return value;
  }

  private Object value() throws IOException {
    if (++level > MOST_LEVELS) {
      throw unexpected("fewer brackets within brackets");
    }
    skipSpaces();
    char first = peek();
    Object value;
    if (first == '{') {
      value = dict();
    } else if (first == '(') {
      value = list(')');
    } else if (first == '[') {
      value = list(']');
    } else if (first == '-' || first >= '0' && first <= '9') {
      value = number();
    } else {
      value = word();
    }
    level--;
    return value;
  }

  private Map<String, Object> dict() throws IOException {
    Map<String, Object> dict = new LinkedHashMap<>();
    at++;
    while (!ends('}')) {
      int key = at;
      if (!(value() instanceof String name)) {
        at = key;
        throw unexpected("a key in quotes");
      }
      skipSpaces();
      expect(':');
      dict.put(name, value());
      separate('}');
    }
    return dict;
  }

  private List<Object> list(char end) throws IOException {
    List<Object> list = new ArrayList<>();
    at++;
    while (!ends(end)) {
      list.add(value());
      separate(end);
    }
    return list;
  }

  /** Whether the bracket's end is next, which is then passed. */
  private boolean ends(char end) {
    skipSpaces();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  /** Passes a comma, unless the bracket's end is next. */
  private void separate(char end) throws IOException {
    skipSpaces();
    if (peek() != end) {
      expect(',');
    }
  }

  private Long number() throws IOException {
    int start = at++;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    if (peek() == 'L') {
      // Python 2 writes long integers so.
      at++;
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      at = start;
      throw unexpected("a whole number of 64 bits");
    }
  }

  /** A string, perhaps with a prefix such as {@code u}, or a name that stands for a constant. */
  private Object word() throws IOException {
    int start = at;
    while (Character.isLetter(peek())) {
      at++;
    }
    String word = text.substring(start, at);
    if ((peek() == '\'' || peek() == '"') && word.matches("[uUbB]?")) {
      return string();
    }
    switch (word) {
      case "True":
        return true;
      case "False":
        return false;
      case "None":
        return null;
      default:
        at = start;
        throw unexpected("a value");
    }
  }

  private String string() throws IOException {
    char quote = peek();
    int start = at++;
    StringBuilder content = new StringBuilder();
    while (peek() != quote) {
      if (at == text.length()) {
        at = start;
        throw unexpected("a string that ends");
      }
      if (peek() == '\\') {
        at++;
        if (peek() != '\\' && peek() != '\'' && peek() != '"') {
          throw unexpected("a quote or a backslash behind a backslash");
        }
      }
      content.append(peek());
      at++;
    }
    at++;
    return content.toString();
  }

  private void expect(char expected) throws IOException {
    if (peek() != expected) {
      throw unexpected("\"" + expected + "\"");
    }
    at++;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** The next character; 0 at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private IOException unexpected(String expected) {
    String found = at < text.length() ? "\"" + text.charAt(at) + "\"" : "the end";
    return new IOException("at character " + at + ": found " + found + ", expected " + expected);
  }
}
