package dev.onehot.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects all problems of a set of options, so that the user sees them at once. */
public final class Problems {

  private final List<String> problems = new ArrayList<>();

  /**
   * Adds a problem unless the condition is true.
   *
   * @param format a pattern of {@link SettingNames#format}: the setting, the values it may have,
   *     and the value it has
   */
  public Problems require(boolean condition, String format, Object... arguments) {
    if (!condition) {
      problems.add(SettingNames.format(format, arguments));
    }
    return this;
  }

  /**
   * Returns the supplier's result.
   *
   * @param otherwise the result if the supplier throws an {@link InvalidSettingsException}, whose
   *     message is then added as a problem
   */
  public <T> T collect(Supplier<T> supplier, T otherwise) {
    try {
      return supplier.get();
    } catch (InvalidSettingsException e) {
      problems.add(e.markedMessage());
      return otherwise;
    }
  }

  /**
   * Throws if there is a problem.
   *
   * @throws InvalidSettingsException with all problems on one line
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(String.join("; ", problems));
    }
  }
}
