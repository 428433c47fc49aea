package dev.onehot.data.csv;

import dev.onehot.data.MissingValues;
import dev.onehot.data.RowPieceBuilder;
import dev.onehot.data.text.DecimalParser;
import dev.onehot.data.text.LabelTexts;
import dev.onehot.data.text.MissingTokens;
import dev.onehot.data.text.Utf8;
import dev.onehot.failure.SettingNames;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Puts one record after another into a piece, as a good row or a bad one. */
final class CsvRow {

  /** No more digits than these are read without a check for overflow. */
  private static final int FEW_DIGITS = 9;

  private static final String WITH_POINT = "a number with a point, as decimal commas are not read";

  private final CsvLayout layout;
  private final MissingValues missing;
  private final CsvFields quoted;
  private final LabelTexts labels = new LabelTexts();

  /** F numbers of a row whose features don't stand in their order; NaN for missing ones. */
  private final double[] numbers;

  private RowPieceBuilder piece;
  private int badColumn;
  private String found;
  private String expected;

  CsvRow(CsvLayout layout, MissingValues missing) {
    this.layout = layout;
    this.missing = missing;
    this.quoted = new CsvFields(layout.delimiter());
    this.numbers = layout.inOrder() ? null : new double[layout.features()];
  }

  /** Reads a record. */
  void read(CsvRecords record, RowPieceBuilder into) {
    piece = into;
    found = null;
    byte[] bytes = record.buffer();
    int columns;
    if (record.hasQuotes()) {
      Quotes.Fault fault = Quotes.fault(bytes, record.start(), record.end(), layout.delimiter());
      if (fault != null) {
        refuse(fault, record.breaks());
        return;
      }
      columns = readFields(quoted.of(bytes, record.start(), record.end()));
    } else {
      columns = readPlain(bytes, record.start(), record.end());
    }
    end(columns, record.breaks());
  }

  /**
   * A quote in the wrong place makes lines that follow part of the record, though they are rows.
   * All of them are bad, since nobody knows which of them were meant.
   */
  private void refuse(Quotes.Fault fault, int breaks) {
    String taken =
        breaks == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", which takes %,d more %s with it",
                breaks,
                breaks == 1 ? "line" : "lines");
    piece.badRow(layout.describe(fault.column()), fault.found() + taken, Quotes.Fault.EXPECTED);
    for (int i = 1; i <= breaks; i++) {
      piece.badRow(null, "a line behind a quote that isn't closed", "a row of its own");
    }
  }

  /** Ends the row. A quote in a wrong place may have made one row of many, so a bad one says it. */
  private void end(int columns, int breaks) {
    String lines =
        breaks == 0
            ? ""
            : String.format(
                Locale.ROOT, " in a row of %,d lines, which quotes make one", breaks + 1);
    if (columns != layout.columns()) {
      piece.badRow(null, counted(columns) + lines, counted(layout.columns()));
    } else if (found != null) {
      piece.badRow(layout.describe(badColumn), found + lines, expected);
    } else {
      addNumbers();
      piece.endRow();
    }
  }

  private void addNumbers() {
    if (numbers != null) {
      for (int j = 0; j < numbers.length; j++) {
        if (Double.isNaN(numbers[j])) {
          piece.addMissing(j);
        } else {
          piece.add(j, numbers[j]);
        }
      }
    }
  }

  private static String counted(int columns) {
    return String.format(Locale.ROOT, columns == 1 ? "%,d column" : "%,d columns", columns);
  }

  private int readFields(String[] fields) {
    for (int column = 0; column < fields.length; column++) {
      byte[] field = fields[column].getBytes(StandardCharsets.ISO_8859_1);
      read(column, field, 0, field.length);
    }
    return fields.length;
  }

  /** Reads a record without quotes. Returns how many columns it has. */
  private int readPlain(byte[] bytes, int start, int end) {
    byte delimiter = layout.delimiter();
    boolean simple = layout.inOrder();
    int column = 0;
    int i = start;
    while (true) {
      int from = i;
      int whole = 0;
      int digit;
      while (i < end && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
        whole = 10 * whole + digit;
        i++;
      }
      int digits = i - from;
      if (simple
          && digits > 0
          && digits <= FEW_DIGITS
          && (i == end || bytes[i] == delimiter)
          && column < layout.columns()
          && layout.role(column) >= 0) {
        if (whole != 0) {
          piece.add(layout.role(column), whole);
        }
      } else {
        while (i < end && bytes[i] != delimiter) {
          i++;
        }
        read(column, bytes, from, i);
      }
      column++;
      if (i == end) {
        return column;
      }
      i++;
    }
  }

  /** Reads a field, unless the row is known to be bad. */
  private void read(int column, byte[] bytes, int start, int end) {
    if (found != null || column >= layout.columns()) {
      return;
    }
    int from = start;
    int to = end;
    while (from < to && isSpace(bytes[from])) {
      from++;
    }
    while (from < to && isSpace(bytes[to - 1])) {
      to--;
    }
    int role = layout.role(column);
    if (role >= 0) {
      readNumber(column, role, bytes, from, to);
    } else if (role == CsvLayout.LABEL) {
      readLabel(column, bytes, from, to);
    } else if (role == CsvLayout.WEIGHT) {
      readWeight(column, bytes, from, to);
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  private void readNumber(int column, int feature, byte[] bytes, int start, int end) {
    double number = DecimalParser.parse(bytes, start, end);
    if (Double.isNaN(number)) {
      if (!MissingTokens.isMissing(bytes, start, end)) {
        bad(
            column,
            shown(bytes, start, end),
            CsvText.isInfinite(bytes, start, end) ? "a finite number" : number(bytes, start, end));
      } else if (missing == MissingValues.REFUSE) {
        bad(
            column,
            shown(bytes, start, end),
            SettingNames.format("a number, or ⟨missing⟩ zero or mean"));
      } else if (numbers != null) {
        numbers[feature] = number;
      } else {
        piece.addMissing(feature);
      }
    } else if (Math.abs((float) number) > Float.MAX_VALUE) {
      bad(column, shown(bytes, start, end), "a number within float32, which ends at 3.4028235e38");
    } else if (numbers != null) {
      numbers[feature] = number;
    } else {
      piece.add(feature, number);
    }
  }

  private void readLabel(int column, byte[] bytes, int start, int end) {
    if (MissingTokens.isMissing(bytes, start, end)) {
      bad(column, shown(bytes, start, end), "a label");
      return;
    }
    String label = labels.of(bytes, start, end);
    if (label == null) {
      bad(column, shown(bytes, start, end), "text in UTF-8");
    } else {
      piece.label(label);
    }
  }

  private void readWeight(int column, byte[] bytes, int start, int end) {
    float weight = (float) DecimalParser.parse(bytes, start, end);
    if (weight >= 0 && weight <= Float.MAX_VALUE) {
      piece.weight(weight);
    } else {
      bad(
          column,
          shown(bytes, start, end),
          DecimalParser.hasDecimalComma(bytes, start, end)
              ? WITH_POINT
              : "a weight, which is a finite number of at least 0");
    }
  }

  private static String number(byte[] bytes, int start, int end) {
    return DecimalParser.hasDecimalComma(bytes, start, end)
        ? WITH_POINT
        : SettingNames.format("a number, or ⟨drop-columns⟩ to leave out a column of texts");
  }

  private void bad(int column, String what, String instead) {
    badColumn = column;
    found = what;
    expected = instead;
  }

  private static String shown(byte[] bytes, int start, int end) {
    return start == end ? "nothing" : Utf8.shown(bytes, start, end);
  }
}
