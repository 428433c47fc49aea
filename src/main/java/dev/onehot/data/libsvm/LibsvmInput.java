package dev.onehot.data.libsvm;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceInput;
import dev.onehot.data.RowFiles;
import dev.onehot.data.text.LineReader;
import dev.onehot.data.text.TextFile;
import dev.onehot.data.text.Utf8;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Rows of LIBSVM files, raw or gzip: {@code label index:value index:value …} on each line, with
 * indexes that ascend. Features that are left out are 0. What follows {@code #} is a comment. Lines
 * of rows without labels begin with an index. Files say neither how many features there are nor
 * what they are called, so the largest index decides, unless the options say it.
 *
 * <p>The format is that of C.-C. Chang and C.-J. Lin, LIBSVM: A Library for Support Vector
 * Machines, 2011, with the comments of T. Joachims's SVM-light.
 */
public final class LibsvmInput implements PieceInput {

  private final List<TextFile> texts;
  private final LibsvmForm form;
  private final long rangeBytes;

  private LibsvmInput(List<TextFile> texts, LibsvmForm form, long rangeBytes) {
    this.texts = texts;
    this.form = form;
    this.rangeBytes = rangeBytes;
  }

  /**
   * Opens files: looks at their beginnings, and takes from the first row whether rows have labels.
   *
   * @param files in the order of their rows
   * @param options whether indexes begin at 0, how many features there are, and what becomes of
   *     missing values
   * @param known what the rows have to fit
   * @param labelsRequired whether rows without labels are refused
   * @throws InputException if a file is missing, empty or no text, or rows have no labels
   * @throws InvalidSettingsException if the options say another number of features than is known
   */
  public static LibsvmInput open(
      List<Path> files,
      FormatOptions options,
      KnownRows known,
      boolean labelsRequired,
      Configuration hadoop) {
    return open(files, options, known, labelsRequired, hadoop, TextFile.RANGE_BYTES);
  }

  /** Opens files that are read in ranges of so many bytes. */
  static LibsvmInput open(
      List<Path> files,
      FormatOptions options,
      KnownRows known,
      boolean labelsRequired,
      Configuration hadoop,
      long rangeBytes) {
    List<TextFile> texts = files.stream().map(file -> TextFile.open(file, hadoop)).toList();
    boolean labelled = isLabelled(texts, labelsRequired, hadoop);
    LibsvmForm form =
        new LibsvmForm(
            labelled,
            options.zeroBased(),
            options.missing(),
            features(texts, options, known),
            limit(options, known));
    return new LibsvmInput(texts, form, rangeBytes);
  }

  /** F if it is known or asked for; 0 if neither. */
  private static int features(List<TextFile> texts, FormatOptions options, KnownRows known) {
    if (options.features() == null) {
      return known.features();
    }
    if (known.features() > 0 && known.features() != options.features()) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "%s: ⟨features⟩ is %,d, where %s has %,d; leave it out",
              texts.get(0).name(), options.features(), known.origin(), known.features()));
    }
    return options.features();
  }

  /** Who says how many features there are. */
  private static String limit(FormatOptions options, KnownRows known) {
    if (options.features() != null) {
      return SettingNames.mark("features");
    }
    return known.features() > 0 ? known.origin() : "";
  }

  /**
   * Whether the first row has a label; true if there are no rows at all, which a survey refuses.
   */
  private static boolean isLabelled(
      List<TextFile> texts, boolean labelsRequired, Configuration hadoop) {
    for (TextFile text : texts) {
      try (LineReader lines = text.whole().lines(hadoop)) {
        while (lines.next()) {
          LibsvmLine line = new LibsvmLine(lines.buffer(), lines.start(), lines.end());
          if (line.isRow()) {
            if (labelsRequired && line.beginsWithIndex()) {
              throw new InputException(
                  String.format(
                      Locale.ROOT,
                      "%s: rows have no labels: found %s where the first row begins, expected its label",
                      text.name(),
                      Utf8.shown(lines.buffer(), line.tokenStart(), line.tokenEnd())));
            }
            return !line.beginsWithIndex();
          }
        }
      }
    }
    return true;
  }

  @Override
  public String description() {
    return RowFiles.description(new Path(texts.get(0).name()), texts.size());
  }

  @Override
  public List<String> files() {
    return texts.stream().map(text -> text.path().toString()).toList();
  }

  @Override
  public boolean labelled() {
    return form.labelled();
  }

  @Override
  public List<String> featureNames() {
    return List.of();
  }

  @Override
  public int features() {
    return form.features();
  }

  @Override
  public List<LibsvmSplit> splits() {
    List<LibsvmSplit> splits = new ArrayList<>();
    for (TextFile text : texts) {
      text.ranges(rangeBytes).forEach(range -> splits.add(new LibsvmSplit(range, form)));
    }
    return List.copyOf(splits);
  }
}
