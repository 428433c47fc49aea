package dev.onehot.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line that says how far something is: fields, and before them a bar if the line goes to a
 * terminal. Where the terminal is too narrow, the least important fields are left out.
 */
public final class ProgressLine {

  private static final String GAP = "  ";
  private static final int LONGEST_BAR = 30;

  /** Bars are a multiple of this long, so that a digit more does not change their length. */
  private static final int BAR_STEP = 5;

  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final double share;
  private final List<Field> fields = new ArrayList<>();

  private record Field(int rank, String text) {}

  /**
   * @param share the share that is done, 0 to 1
   */
  ProgressLine(double share) {
    this.share = share;
  }

  /**
   * Adds a field behind the others.
   *
   * @param rank the field's importance; 1 for the most important, which is always shown
   */
  ProgressLine field(int rank, String format, Object... values) {
    fields.add(new Field(rank, String.format(Locale.ROOT, format, values)));
    return this;
  }

  /** The line with its fields in other words. */
  ProgressLine as(UnaryOperator<String> words) {
    ProgressLine other = new ProgressLine(share);
    fields.forEach(field -> other.field(field.rank(), "%s", words.apply(field.text())));
    return other;
  }

  /** All fields, for a log. */
  String plain() {
    return fields.stream().map(Field::text).collect(Collectors.joining(GAP));
  }

  /**
   * The line for a terminal.
   *
   * @param columns the width of the terminal; the last column stays free, because some terminals
   *     begin a new line there
   */
  String fitted(int columns, boolean colours) {
    int room = columns - 1;
    BitSet kept = kept(room);
    String text =
        kept.stream().mapToObj(i -> fields.get(i).text()).collect(Collectors.joining(GAP));
    if (text.length() > room) {
      return text.substring(0, Math.max(room, 0));
    }
    int free = room - text.length() - GAP.length() - "[]".length();
    int length = Math.min(free / BAR_STEP * BAR_STEP, LONGEST_BAR);
    return length < BAR_STEP ? text : bar(length, colours) + GAP + text;
  }

  /** The numbers of the fields that have room together, the most important first. */
  private BitSet kept(int room) {
    BitSet kept = new BitSet();
    List<Integer> byRank =
        IntStream.range(0, fields.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> fields.get(i).rank()))
            .toList();
    int used = -GAP.length();
    for (int i : byRank) {
      int more = GAP.length() + fields.get(i).text().length();
      if (kept.isEmpty() || used + more <= room) {
        kept.set(i);
        used += more;
      }
    }
    return kept;
  }

  private String bar(int length, boolean colours) {
    int done = (int) (Math.max(0, Math.min(share, 1)) * length);
    String filled = "=".repeat(done) + (done < length ? ">" : "");
    String empty = " ".repeat(length - filled.length());
    return "[" + (colours ? GREEN + filled + PLAIN : filled) + empty + "]";
  }
}
