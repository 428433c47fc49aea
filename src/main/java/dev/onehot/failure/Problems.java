package dev.onehot.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects everything wrong with a set of options, so that the user hears of all of it at once. */
public final class Problems {

  private final List<String> problems = new ArrayList<>();

  /**
   * Notes a problem unless the condition holds.
   *
   * @param format a pattern of {@link SettingNames#format} that names the setting, what it must be
   *     and what it is
   */
  public Problems require(boolean condition, String format, Object... arguments) {
    if (!condition) {
      problems.add(SettingNames.format(format, arguments));
    }
    return this;
  }

  /**
   * What the supplier gives.
   *
   * @param otherwise is returned, with the problem noted, if the supplier finds settings invalid
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
   * @throws InvalidSettingsException if any problem was noted, with all of them on one line
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(String.join("; ", problems));
    }
  }
}
