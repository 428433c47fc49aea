package dev.onehot.data.csv;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceInput;
import dev.onehot.data.PieceSplit;
import dev.onehot.data.text.TextFile;
import dev.onehot.data.text.TextRange;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Files of CSV. Their first records tell the delimiter, whether there is a header, and what the
 * columns are.
 */
public final class CsvInput implements PieceInput {

  private final String description;
  private final List<String> files;
  private final CsvColumns columns;
  private final List<CsvSplit> splits;
  private final long mostBadRows;

  private CsvInput(
      String description,
      List<String> files,
      CsvColumns columns,
      List<CsvSplit> splits,
      long mostBadRows) {
    this.description = description;
    this.files = files;
    this.columns = columns;
    this.splits = List.copyOf(splits);
    this.mostBadRows = mostBadRows;
  }

  /**
   * Opens files whose rows follow one another.
   *
   * @param files at least one
   * @param known what the rows have to fit
   * @param labelsRequired whether a file without labels is refused
   * @throws InputException if a file is missing or broken, has other columns than the first or than
   *     are known, or doesn't tell which column holds the labels
   */
  public static CsvInput open(
      List<Path> files,
      FormatOptions options,
      KnownRows known,
      boolean labelsRequired,
      Configuration hadoop) {
    return open(files, options, known, labelsRequired, hadoop, TextFile.RANGE_BYTES);
  }

  static CsvInput open(
      List<Path> files,
      FormatOptions options,
      KnownRows known,
      boolean labelsRequired,
      Configuration hadoop,
      long rangeBytes) {
    CsvSample sample = firstWithRows(files, hadoop);
    byte delimiter = CsvDelimiter.of(options, sample);
    CsvSample.Table table =
        sample.table(delimiter, Set.copyOf(known.featureNames()), namedColumns(options));
    CsvColumns columns = new ColumnChoice(table, options, known, labelsRequired).choose();
    Set<String> names = table.names() == null ? Set.of() : Set.copyOf(List.of(table.names()));
    List<String> opened = new ArrayList<>();
    List<CsvSplit> splits = new ArrayList<>();
    for (Path path : files) {
      TextFile file = TextFile.open(path, hadoop);
      CsvLayout layout =
          columns.layout(CsvSample.of(file, hadoop).table(delimiter, names, Set.of()), delimiter);
      for (TextRange range : file.ranges(rangeBytes)) {
        splits.add(new CsvSplit(range, layout, options.missing(), false));
      }
      opened.add(file.path().toString());
    }
    return new CsvInput(describe(files), opened, columns, splits, options.maxBadRows());
  }

  /** What options call columns by, names and others. */
  private static Set<String> namedColumns(FormatOptions options) {
    return Stream.concat(
            Stream.of(options.labelColumn(), options.weightColumn()).filter(Objects::nonNull),
            options.dropColumns().stream())
        .collect(Collectors.toSet());
  }

  /** The first records of the first file that may have more than a header; or of the first. */
  private static CsvSample firstWithRows(List<Path> files, Configuration hadoop) {
    CsvSample first = null;
    for (Path file : files) {
      CsvSample sample = CsvSample.of(TextFile.open(file, hadoop), hadoop);
      if (sample.records().size() > 1) {
        return sample;
      }
      first = first == null ? sample : first;
    }
    return first;
  }

  private static String describe(List<Path> files) {
    return files.size() == 1
        ? files.get(0).toString()
        : String.format(Locale.ROOT, "%s and %,d more", files.get(0), files.size() - 1);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public boolean labelled() {
    return columns.labelled();
  }

  @Override
  public List<String> featureNames() {
    return columns.featureNames();
  }

  @Override
  public int features() {
    return columns.features();
  }

  @Override
  public List<? extends PieceSplit> splits() {
    return splits;
  }

  @Override
  public String withoutRows() {
    return columns.named() ? "has a header and no rows" : PieceInput.super.withoutRows();
  }

  /** Counts quotes from the beginning of each file, to see where ranges begin within them. */
  @Override
  public Optional<PieceInput> readAgain(List<long[]> notes) {
    List<CsvSplit> right = new ArrayList<>();
    boolean same = true;
    boolean odd = false;
    for (int s = 0; s < splits.size(); s++) {
      CsvSplit split = splits.get(s);
      odd &= !split.isFirst();
      same &= split.inQuotes() == odd;
      right.add(split.begun(odd));
      for (long note : notes.get(s)) {
        odd ^= (note & CsvPieces.ODD_QUOTES) != 0;
      }
    }
    if (same) {
      requireAllRead(notes);
      return Optional.empty();
    }
    return Optional.of(new CsvInput(description, files, columns, right, mostBadRows));
  }

  /** Bad rows may be left out only if all others have been read. */
  private void requireAllRead(List<long[]> notes) {
    for (int s = 0; mostBadRows > 0 && s < splits.size(); s++) {
      for (long note : notes.get(s)) {
        if ((note & CsvPieces.CUT_SHORT) != 0) {
          throw new InputException(
              SettingNames.format(
                  "%s: found a quote that isn't closed within %,d bytes, expected %s; without ⟨max-bad-rows⟩ its row is said",
                  splits.get(s).file(), CsvRecords.MOST_JOINED, Quotes.Fault.EXPECTED));
        }
      }
    }
  }
}
