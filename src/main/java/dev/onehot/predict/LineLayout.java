package dev.onehot.predict;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The text around the numbers of a line. Both formats have the same values in the same order, so
 * they differ only in this text.
 */
final class LineLayout {

  private static final String ROW = "row";
  private static final String LABEL = "label";
  private static final String PROBABILITY = "probability";
  private static final String ACTUAL = "actual";

  private final FileFormat format;
  private final byte[] header;
  private final byte[] beforeRow;
  private final byte[] beforeLabel;
  private final byte[] beforeProbability;

  /** One for each class; none if only the most probable class has a probability. */
  private final byte[][] beforeClass;

  private final byte[] beforeActual;
  private final byte[] end;

  /** The names of the classes as values, and behind them the labels that rows have besides. */
  private final byte[][] labels;

  /**
   * @param classNames the names of the model's classes
   * @param otherLabels labels that rows have besides these, in the order of their numbers; null if
   *     rows have no labels
   */
  LineLayout(FileOptions options, List<String> classNames, List<String> otherLabels) {
    boolean labelled = otherLabels != null;
    format = options.format();
    List<String> classColumns =
        options.probabilities() ? classNames.stream().map(name -> "p_" + name).toList() : List.of();
    header = header(classColumns, labelled);
    beforeRow = before(ROW, true);
    beforeLabel = before(LABEL, false);
    beforeProbability = before(PROBABILITY, false);
    beforeClass = classColumns.stream().map(column -> before(column, false)).toArray(byte[][]::new);
    beforeActual = labelled ? before(ACTUAL, false) : null;
    end = utf8(format == FileFormat.JSONL ? "}\n" : "\n");
    labels =
        Stream.concat(classNames.stream(), labelled ? otherLabels.stream() : Stream.of())
            .map(name -> utf8(format.quoted(name)))
            .toArray(byte[][]::new);
  }

  private byte[] header(List<String> classColumns, boolean labelled) {
    if (format == FileFormat.JSONL) {
      return new byte[0];
    }
    List<String> columns = new ArrayList<>(List.of(ROW, LABEL, PROBABILITY));
    columns.addAll(classColumns);
    if (labelled) {
      columns.add(ACTUAL);
    }
    return utf8(String.join(",", columns.stream().map(format::quoted).toList()) + "\n");
  }

  private byte[] before(String name, boolean first) {
    if (format == FileFormat.JSONL) {
      return utf8((first ? "{" : ",") + format.quoted(name) + ":");
    }
    return utf8(first ? "" : ",");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What stands before the first line of each file. */
  byte[] header() {
    return header;
  }

  /** Appends the lines of scored rows. */
  void append(ScoredRows rows, LineBuffer lines) {
    for (int r = 0; r < rows.count(); r++) {
      lines.append(beforeRow);
      lines.append(rows.position(r));
      lines.append(beforeLabel);
      lines.append(labels[rows.label(r)]);
      lines.append(beforeProbability);
      lines.appendProbability(rows.probability(r, rows.label(r)));
      for (int c = 0; c < beforeClass.length; c++) {
        lines.append(beforeClass[c]);
        lines.appendProbability(rows.probability(r, c));
      }
      if (beforeActual != null) {
        lines.append(beforeActual);
        lines.append(actual(rows.actual(r)));
      }
      lines.append(end);
    }
  }

  /** A row's own label. One that has no name has its number. */
  private byte[] actual(int label) {
    return label < labels.length ? labels[label] : utf8(format.quoted(Integer.toString(label)));
  }
}
