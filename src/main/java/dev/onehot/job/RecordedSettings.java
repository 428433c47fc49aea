package dev.onehot.job;

import dev.onehot.failure.InputException;
import dev.onehot.math.Activation;
import dev.onehot.report.Redaction;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/**
 * The settings that a model's provenance holds, as options again.
 *
 * @param model the model's directory, for messages
 * @param values the settings by name
 */
record RecordedSettings(String model, Map<String, String> values) {

  /** These settings without some of them. */
  RecordedSettings without(String... names) {
    Map<String, String> rest = new TreeMap<>(values);
    rest.keySet().removeAll(Set.of(names));
    return new RecordedSettings(model, rest);
  }

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
        required("bias", Boolean::valueOf),
        required("seed", Long::valueOf),
        required("init-scale", Double::valueOf),
        required("precondition", choice(Preconditioning.class)),
        required("tolerance", Double::valueOf),
        required("patience", Integer::valueOf));
  }

  /**
   * The options of the data, as far as they decide what a model learns; without rows to test on.
   */
  DataOptions data() {
    return new DataOptions(
        optional("data", RecordedSettings::path),
        optional("train", RecordedSettings::path),
        null,
        optional("train-rows", Long::valueOf),
        required("classes", Integer::valueOf),
        null,
        required("validation-fraction", Double::valueOf));
  }

  /** The model that the training started from; null if it started from random weights. */
  Path initFrom() {
    return optional("init-from", RecordedSettings::path);
  }

  private static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
    return text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
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
