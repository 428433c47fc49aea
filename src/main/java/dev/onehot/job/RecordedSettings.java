package dev.onehot.job;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.MissingValues;
import dev.onehot.data.RowFormat;
import dev.onehot.failure.InputException;
import dev.onehot.math.Activation;
import dev.onehot.math.ScalingKind;
import dev.onehot.report.Redaction;
import dev.onehot.train.ClassWeights;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/**
 * The settings that a model's provenance holds, as options again.
 *
 * @param model the model's directory, for messages
 * @param values the settings by name
 */
record RecordedSettings(String model, Map<String, String> values) {

  /** The options of the training. */
  TrainingOptions training() {
    return new TrainingOptions(
        required("iterations", Integer::valueOf),
        required("optimizer", choice(OptimizerKind.class)),
        required("learning-rate", Double::valueOf),
        required("warmup", Integer::valueOf),
        required("momentum", Double::valueOf),
        required("leak", Integer::valueOf),
        required("l2", Double::valueOf),
        required("activation", choice(Activation.class)),
        required("bias", RecordedSettings::yesOrNo),
        required("seed", Long::valueOf),
        required("init-scale", Double::valueOf),
        required("precondition", choice(Preconditioning.class)),
        optional("scale", choice(ScalingKind.class)),
        optional("class-weights", ClassWeights::parse),
        required("tolerance", Double::valueOf),
        required("patience", Integer::valueOf));
  }

  /**
   * The options of the data, as far as they decide what a model learns; without rows to test on.
   *
   * @param file the full name of the first file of rows, as the settings may name it from another
   *     folder; null if there is none
   */
  DataOptions data(Path file) {
    Path data = optional("data", RecordedSettings::path);
    Path train = optional("train", RecordedSettings::path);
    Dates dates = dates();
    RecordedPlace place = file == null ? null : new RecordedPlace(file, dates);
    return new DataOptions(
        data == null || place == null ? data : place.ofFolder(data),
        train == null || place == null ? train : place.of(train),
        null,
        optional("train-rows", Long::valueOf),
        optional("classes", Integer::valueOf),
        optional("class-names", RecordedSettings::list),
        formats(),
        null,
        required("validation-fraction", Double::valueOf),
        dates);
  }

  private FormatOptions formats() {
    FormatOptions defaults = FormatOptions.defaults();
    return new FormatOptions(
        optional("format", choice(RowFormat.class)),
        values.get("label-column"),
        values.get("weight-column"),
        orElse(optional("drop-columns", RecordedSettings::list), defaults.dropColumns()),
        optional("delimiter", text -> text.charAt(0)),
        orElse(optional("zero-based", RecordedSettings::yesOrNo), defaults.zeroBased()),
        optional("features", Integer::valueOf),
        orElse(optional("missing", choice(MissingValues.class)), defaults.missing()),
        orElse(optional("max-bad-rows", Long::valueOf), defaults.maxBadRows()));
  }

  private static <T> T orElse(T value, T other) {
    return value == null ? other : value;
  }

  private static List<String> list(String text) {
    return List.of(text.split(","));
  }

  private Dates dates() {
    LocalDate runDate = optional("run-date", RecordedSettings::date);
    return runDate == null ? null : new Dates(runDate, required("days", Integer::valueOf));
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("it is no date", e);
    }
  }

  private static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(value -> value.name().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("it is none that is known"));
  }

  private static boolean yesOrNo(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("it is neither true nor false");
    }
    return text.equals("true");
  }

  private static Path path(String text) {
    if (text.contains(Redaction.REDACTED)) {
      throw new IllegalArgumentException("a secret in it was not recorded");
    }
    return new Path(text);
  }

  private <T> T optional(String name, Function<String, T> parse) {
    return values.get(name) == null ? null : required(name, parse);
  }

  private <T> T required(String name, Function<String, T> parse) {
    String value = values.get(name);
    if (value == null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: model.json has no setting %s, so another version of Onehot made it; use that version",
              model,
              name));
    }
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: model.json has the setting %s = %s, which cannot be used (%s)",
              model,
              name,
              value,
              e.getMessage()),
          e);
    }
  }
}
