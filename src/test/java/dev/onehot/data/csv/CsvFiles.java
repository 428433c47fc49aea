package dev.onehot.data.csv;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.MissingValues;
import dev.onehot.data.PieceInput;
import dev.onehot.data.PieceSplit;
import dev.onehot.data.PieceText;
import dev.onehot.data.RowPiece;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Writes CSV files and reads them without Spark, with ranges and options of a test's choice. */
record CsvFiles(List<Path> files, FormatOptions options, KnownRows known, boolean labelsRequired) {

  static final Configuration HADOOP = new Configuration();

  /** A file to train on, read with the default options. */
  static CsvFiles of(Path file, String text) throws IOException {
    return of(Files.writeString(file, text));
  }

  static CsvFiles of(Path... files) {
    return new CsvFiles(List.of(files), FormatOptions.defaults(), KnownRows.nothing(), true);
  }

  CsvFiles label(String column) {
    return with(column, options.weightColumn(), options.dropColumns(), options.missing());
  }

  CsvFiles weight(String column) {
    return with(options.labelColumn(), column, options.dropColumns(), options.missing());
  }

  CsvFiles without(String... columns) {
    return with(options.labelColumn(), options.weightColumn(), List.of(columns), options.missing());
  }

  CsvFiles missing(MissingValues missing) {
    return with(options.labelColumn(), options.weightColumn(), options.dropColumns(), missing);
  }

  private CsvFiles with(String label, String weight, List<String> dropped, MissingValues missing) {
    return new CsvFiles(
        files,
        new FormatOptions(
            null,
            label,
            weight,
            dropped,
            options.delimiter(),
            false,
            null,
            missing,
            options.maxBadRows()),
        known,
        labelsRequired);
  }

  CsvFiles delimiter(char delimiter) {
    return new CsvFiles(
        files,
        new FormatOptions(
            null,
            options.labelColumn(),
            options.weightColumn(),
            options.dropColumns(),
            delimiter,
            false,
            null,
            options.missing(),
            options.maxBadRows()),
        known,
        labelsRequired);
  }

  CsvFiles maxBadRows(long most) {
    return new CsvFiles(
        files,
        new FormatOptions(
            null,
            options.labelColumn(),
            options.weightColumn(),
            options.dropColumns(),
            options.delimiter(),
            false,
            null,
            options.missing(),
            most),
        known,
        labelsRequired);
  }

  /** Rows that need no labels, and have to fit so many features, perhaps with names. */
  CsvFiles toPredict(int features, String... names) {
    return new CsvFiles(
        files,
        options,
        new KnownRows(features, List.of(names), List.of("a"), null)
            .from("the model m", "train another model"),
        false);
  }

  /** Rows with labels that have to fit so many features, perhaps with names. */
  CsvFiles toTest(int features, String... names) {
    return new CsvFiles(
        files,
        options,
        new KnownRows(features, List.of(names), List.of("a"), null)
            .from("the model m", "train another model"),
        true);
  }

  CsvInput open(long rangeBytes) {
    List<org.apache.hadoop.fs.Path> paths =
        files.stream().map(file -> new org.apache.hadoop.fs.Path(file.toString())).toList();
    return CsvInput.open(paths, options, known, labelsRequired, HADOOP, rangeBytes);
  }

  /** All rows, each as text: label, weight where it isn't 1, and features; then bad rows. */
  List<String> rows(long rangeBytes) {
    return rows(rangeBytes, Long.MAX_VALUE);
  }

  List<String> rows(long rangeBytes, long mostBadRows) {
    PieceInput input = open(rangeBytes);
    while (true) {
      List<long[]> notes = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      List<String> bad = new ArrayList<>();
      long before = 0;
      String file = null;
      for (PieceSplit split : input.splits()) {
        before = split.file().equals(file) ? before : 0;
        file = split.file();
        Iterator<RowPiece> pieces = split.read(HADOOP, mostBadRows);
        long[] its = {};
        while (pieces.hasNext()) {
          RowPiece piece = pieces.next();
          its = Arrays.copyOf(its, its.length + 1);
          its[its.length - 1] = piece.note();
          for (int r = 0; r < piece.rows(); r++) {
            rows.add(PieceText.row(piece, r));
          }
          bad.addAll(PieceText.badRows(piece, before));
          before += piece.records();
        }
        notes.add(its);
        close(pieces);
      }
      Optional<PieceInput> again = input.readAgain(notes);
      if (again.isEmpty()) {
        return Stream.concat(rows.stream(), bad.stream()).toList();
      }
      input = again.get();
    }
  }

  private static void close(Iterator<RowPiece> pieces) {
    try {
      ((Closeable) pieces).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
