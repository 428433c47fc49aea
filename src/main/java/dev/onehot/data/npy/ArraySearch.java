package dev.onehot.data.npy;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the arrays of rows in files, and the labels and weights that belong to them. */
final class ArraySearch {

  /** The most columns of an array, of which a model takes as many features. */
  private static final int MOST_COLUMNS = 1 << 20;

  /** An array that is held whole in a task's memory has no more bytes. */
  private static final long MOST_HELD_BYTES = 128L << 20;

  private final NpyPart part;
  private final FormatOptions options;
  private final KnownRows known;
  private final boolean labelsRequired;
  private final Configuration hadoop;
  private final ArrayNeighbours neighbours;

  ArraySearch(
      NpyPart part,
      FormatOptions options,
      KnownRows known,
      boolean labelsRequired,
      Configuration hadoop) {
    this.part = part;
    this.options = options;
    this.known = known;
    this.labelsRequired = labelsRequired;
    this.hadoop = hadoop;
    this.neighbours = new ArrayNeighbours(hadoop);
  }

  /** Those of some files that are not the labels or weights of others. */
  List<Path> rowFiles(List<Path> files) {
    Set<String> partners = new HashSet<>();
    for (Path file : files) {
      String stem = ArrayFile.stem(file);
      List<String> names = new ArrayList<>(ArrayNames.labelsOf(stem));
      for (String called : new String[] {options.labelColumn(), options.weightColumn()}) {
        if (called != null && !ColumnChoice.namesColumn(called)) {
          names.addAll(ArrayNames.called(called, stem));
        }
      }
      names.forEach(name -> partners.add(new Path(file.getParent(), name).toString()));
    }
    List<Path> rows =
        files.stream()
            .filter(
                file ->
                    !partners.contains(
                        new Path(file.getParent(), ArrayNames.lower(ArrayFile.stem(file)))
                            .toString()))
            .toList();
    return rows.isEmpty() ? files : rows;
  }

  /**
   * Opens the arrays of a file.
   *
   * @throws InputException if they are missing, broken, or don't fit each other
   */
  RowArrays open(Path path) {
    ArrayFile file = ArrayFile.open(path, hadoop);
    String name = features(file);
    NpyArray rows = NpyArray.open(file.arrays().get(name), hadoop);
    requireNumbers(rows);
    ColumnChoice columns = ColumnChoice.of(rows, options, known.features(), labelsRequired);
    int features = columns.features().length;
    if (known.features() > 0 && features != known.features()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: an array of shape %s has %,d features, where %s has %,d; use rows that fit",
              rows.stored().name(),
              rows.shapeText(),
              features,
              known.origin(),
              known.features()));
    }
    NpyArray labels = columns.label() >= 0 ? null : labels(file, name);
    if (labels != null) {
      requireOneForEachRow(labels, "label", rows);
    } else if (labelsRequired && columns.label() < 0) {
      throw unlabelled(file, rows, name);
    }
    NpyArray weights =
        options.weightColumn() == null || columns.weight() >= 0
            ? null
            : called("weight-column", options.weightColumn(), file, name);
    if (weights != null) {
      requireOneForEachRow(weights, "weight", rows);
    }
    return new RowArrays(rows, columns, labels, weights);
  }

  private String features(ArrayFile file) {
    List<String> names = List.copyOf(file.arrays().keySet());
    if (!file.archive()) {
      return names.get(0);
    }
    List<String> features = ArrayNames.features(names, part);
    if (features.size() != 1) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found the arrays %s, expected one of features: X, x_train, x_test, features, data, images or arr_0",
              file.path(),
              names.isEmpty() ? "(none)" : String.join(", ", names)));
    }
    return features.get(0);
  }

  private static void requireNumbers(NpyArray rows) {
    String name = rows.stored().name();
    if (!rows.type().isNumber()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found items of type %s, expected numbers: bool, int8 to int64, uint8 to uint64, float16 to float64; save X.astype('float32')",
              name,
              rows.type()));
    }
    if (rows.columns() < 1 || rows.columns() > MOST_COLUMNS) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: an array of shape %s has rows of %,d numbers, expected 1 to %,d",
              name,
              rows.shapeText(),
              rows.columns(),
              MOST_COLUMNS));
    }
    if (rows.isByColumns()
        && !rows.stored().isRaw()
        && rows.rows() * rows.rowBytes() > MOST_HELD_BYTES) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: is packed and in Fortran order, so that no row is whole before the end, with %,d bytes, where %,d can be held; save it unpacked, or np.ascontiguousarray(X)",
              name,
              rows.rows() * rows.rowBytes(),
              MOST_HELD_BYTES));
    }
  }

  private NpyArray labels(ArrayFile file, String features) {
    String column = options.labelColumn();
    if ("none".equals(column) || ColumnChoice.namesColumn(column)) {
      return null;
    }
    if (column != null) {
      return called("label-column", column, file, features);
    }
    StoredArray stored = null;
    if (file.archive()) {
      stored = entry(file, ArrayNames.labelsOf(features));
      if (stored == null && features.equals("arr_0")) {
        stored = file.arrays().get("arr_1");
      }
    }
    if (stored == null) {
      stored = beside(file, ArrayNames.labelsOf(ArrayFile.stem(file.path())));
    }
    return stored == null ? null : NpyArray.open(stored, hadoop);
  }

  private NpyArray called(String setting, String called, ArrayFile file, String features) {
    StoredArray stored = entry(file, ArrayNames.called(called, features));
    if (stored == null) {
      stored = beside(file, ArrayNames.called(called, ArrayFile.stem(file.path())));
    }
    if (stored == null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: %s: found no array called \"%s\", expected one %s; or give the number of a column",
              file.path(),
              SettingNames.mark(setting),
              called,
              file.archive() ? "among " + String.join(", ", file.arrays().keySet()) : "beside it"));
    }
    return NpyArray.open(stored, hadoop);
  }

  private static StoredArray entry(ArrayFile file, List<String> names) {
    if (!file.archive()) {
      return null;
    }
    for (String name : names) {
      for (Map.Entry<String, StoredArray> array : file.arrays().entrySet()) {
        if (ArrayNames.lower(array.getKey()).equals(name)) {
          return array.getValue();
        }
      }
    }
    return null;
  }

  private StoredArray beside(ArrayFile file, List<String> names) {
    Optional<Path> found = neighbours.find(file.path(), names);
    if (found.isEmpty()) {
      return null;
    }
    ArrayFile other = ArrayFile.open(found.get(), hadoop);
    if (other.arrays().size() != 1) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found the arrays %s, expected the one that belongs to %s",
              other.path(),
              String.join(", ", other.arrays().keySet()),
              file.path()));
    }
    return other.arrays().values().iterator().next();
  }

  private static void requireOneForEachRow(NpyArray array, String what, NpyArray rows) {
    String name = array.stored().name();
    boolean number = array.type().isNumber();
    if (!number && !(what.equals("label") && array.type().isText())) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found items of type %s, expected %s",
              name,
              array.type(),
              what.equals("label")
                  ? "whole numbers or texts as labels; save y.astype(str)"
                  : "numbers as weights"));
    }
    if (array.columns() != 1) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found an array of shape %s, expected one %s for each row%s",
              name,
              array.shapeText(),
              what,
              what.equals("label") ? "; of one-hot rows save y.argmax(axis=1)" : ""));
    }
    if (array.rows() != rows.rows()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found %,d %ss, expected %,d, as many as %s has rows; use files that belong together",
              name,
              array.rows(),
              what,
              rows.rows(),
              rows.stored().name()));
    }
  }

  private static InputException unlabelled(ArrayFile file, NpyArray rows, String name) {
    return new InputException(
        SettingNames.format(
            "%s: has no labels; they are expected in %s, or in a column that ⟨label-column⟩ names",
            rows.stored().name(),
            file.archive()
                ? "an array called " + ArrayNames.labelsOf(name).get(0)
                : ArrayNames.labelsOf(name).get(0) + ".npy beside it"));
  }
}
