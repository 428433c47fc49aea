package dev.onehot.data.libsvm;

import dev.onehot.data.RowPieceBuilder;
import dev.onehot.data.text.DecimalParser;
import dev.onehot.data.text.LabelTexts;
import dev.onehot.data.text.MissingTokens;
import dev.onehot.data.text.Utf8;
import dev.onehot.failure.SettingNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Puts one line after another into a piece, as a good row or as a bad one. */
final class LibsvmRow {

  /** The most features of a model. */
  private static final int MOST_FEATURES = 1 << 20;

  /** No more digits than these are read without a check for overflow. */
  private static final int FEW_DIGITS = 9;

  private static final byte[] QUERY = "qid:".getBytes(StandardCharsets.US_ASCII);

  private final LibsvmForm form;
  private final int firstIndex;

  /** The largest index that a row may have. */
  private final int lastIndex;

  private final LabelTexts labels = new LabelTexts();
  private RowPieceBuilder piece;
  private byte[] bytes;
  private int end;

  LibsvmRow(LibsvmForm form) {
    this.form = form;
    this.firstIndex = form.firstIndex();
    this.lastIndex = firstIndex + (form.features() > 0 ? form.features() : MOST_FEATURES) - 1;
  }

  /** Reads the line of the bytes {@code start} to {@code end − 1}; nothing if it holds no row. */
  void read(byte[] buffer, int start, int end, RowPieceBuilder into) {
    this.bytes = buffer;
    this.end = end;
    this.piece = into;
    int i = LibsvmLine.skipSpaces(bytes, start, end);
    if (i == end || bytes[i] == '#') {
      return;
    }
    if (form.labelled()) {
      int labelEnd = LibsvmLine.tokenEnd(bytes, i, end);
      if (!readLabel(i, labelEnd)) {
        return;
      }
      i = labelEnd;
    }
    if (readPairs(i)) {
      piece.endRow();
    }
  }

  private boolean readLabel(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == ',') {
        return bad("label", shown(from, to), "one label, as a row belongs to one class");
      }
      if (bytes[i] == ':') {
        return bad(
            "label", shown(from, to), "a label before the first index, as the first row has");
      }
    }
    String label = MissingTokens.isMissing(bytes, from, to) ? null : labels.of(bytes, from, to);
    if (label == null) {
      return bad("label", shown(from, to), "a label: a whole number or a text in UTF-8");
    }
    piece.label(label);
    return true;
  }

  /** Reads the row's indexes and values. Returns false if the row is bad. */
  private boolean readPairs(int from) {
    int last = firstIndex - 1;
    int i = from;
    while (true) {
      int token = LibsvmLine.skipSpaces(bytes, i, end);
      if (token == end || bytes[token] == '#') {
        return true;
      }
      i = token;
      int index = 0;
      int digit;
      while (i < end && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
        index = Math.min(10 * index + digit, 10 * MOST_FEATURES);
        i++;
      }
      if (i == token || i == end || bytes[i] != ':') {
        return badPair(token);
      }
      if (index <= last || index > lastIndex) {
        return badIndex(token, index, last);
      }
      last = index;
      i = readValue(index, i + 1);
      if (i < 0) {
        return false;
      }
    }
  }

  /** Reads a value. Returns where it ends; −1 if the row is bad. */
  private int readValue(int index, int from) {
    int whole = 0;
    int i = from;
    int digit;
    while (i < end && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
      whole = 10 * whole + digit;
      i++;
    }
    int digits = i - from;
    if (digits > 0 && digits <= FEW_DIGITS && (i == end || bytes[i] == ' ')) {
      piece.add(index - firstIndex, whole);
      return i;
    }
    int to = LibsvmLine.tokenEnd(bytes, i, end);
    return readNumber(index, from, to) ? to : -1;
  }

  private boolean readNumber(int index, int from, int to) {
    double number = DecimalParser.parse(bytes, from, to);
    if (piece.add(index - firstIndex, number)) {
      return true;
    }
    String column = column(index);
    if (!Double.isNaN(number)) {
      return bad(column, shown(from, to), "a number within float32, which ends at 3.4028235e38");
    }
    if (from < to && MissingTokens.isMissing(bytes, from, to)) {
      return piece.addMissing(index - firstIndex)
          || bad(
              column,
              shown(from, to),
              SettingNames.format("a number, or ⟨missing⟩ to say what takes the place of none"));
    }
    return bad(column, from < to ? shown(from, to) : "nothing", "a number");
  }

  /** A token that is no {@code index:value}. */
  private boolean badPair(int from) {
    int to = LibsvmLine.tokenEnd(bytes, from, end);
    if (to - from >= QUERY.length
        && Arrays.equals(bytes, from, from + QUERY.length, QUERY, 0, QUERY.length)) {
      return bad(null, shown(from, to), "index:value, as rows of queries are for ranking");
    }
    return bad(null, shown(from, to), "index:value");
  }

  private boolean badIndex(int from, int index, int last) {
    String found = shown(from, LibsvmLine.tokenEnd(bytes, from, end));
    if (index < firstIndex) {
      return bad(
          column(index),
          found,
          SettingNames.format("indexes from 1, or ⟨zero-based⟩ for those from 0"));
    }
    if (index <= last) {
      return bad(
          column(index),
          String.format(Locale.ROOT, "%s behind %d", found, last),
          "indexes that ascend");
    }
    return bad(
        null,
        found,
        String.format(
            Locale.ROOT,
            form.features() > 0
                ? "indexes up to %,d, as %s says"
                : "indexes up to %,d, as a model has no more features",
            lastIndex,
            form.limit()));
  }

  private static String column(int index) {
    return "index " + index;
  }

  private String shown(int from, int to) {
    return Utf8.shown(bytes, from, to);
  }

  private boolean bad(String column, String found, String expected) {
    piece.badRow(column, found, expected);
    return false;
  }
}
