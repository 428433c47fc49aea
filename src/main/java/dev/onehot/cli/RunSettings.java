package dev.onehot.cli;

import dev.onehot.checkpoint.Fingerprint;
import dev.onehot.data.DataProfile;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.RowSource;
import dev.onehot.train.TrainingOptions;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What decides the bits of a training's model, under the names that the user knows it by. */
final class RunSettings {

  private RunSettings() {}

  /** What is known before any row is read. */
  static Fingerprint of(
      TrainingOptions options, int classes, HeldBackRows heldBack, RowSource training) {
    Map<String, String> settings = new TreeMap<>();
    for (RecordComponent option : TrainingOptions.class.getRecordComponents()) {
      settings.put(optionName(option.getName()), value(option, options));
    }
    settings.put("--classes", Integer.toString(classes));
    settings.put("--validation-fraction", Double.toString(heldBack.fraction()));
    settings.put("training rows", Long.toString(training.rows()));
    training
        .pictures()
        .ifPresentOrElse(
            size -> settings.put("image size", size.toString()),
            () -> settings.put("features", Integer.toString(training.features())));
    // Another version may compute something else.
    Build build = new Build();
    settings.put("Onehot", "%s (commit %s)".formatted(build.version(), build.commit()));
    return Fingerprint.of(settings);
  }

  /** What reading all rows adds to that. */
  static Fingerprint of(DataProfile data) {
    return Fingerprint.of(Map.of("data fingerprint", "%016x".formatted(data.fingerprint())));
  }

  /** A record's component as an option: {@code initScale} is {@code --init-scale}. */
  private static String optionName(String component) {
    return "--" + component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String value(RecordComponent option, TrainingOptions options) {
    try {
      Object value = option.getAccessor().invoke(options);
      String text = value.toString();
      return value instanceof Enum ? text.toLowerCase(Locale.ROOT) : text;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a public record's accessors can be called", e);
    }
  }
}
