package dev.onehot.report;

import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.List;

/** The warnings of a run: each is shown at once, and remembered for the verdict. */
public final class Warnings {

  private final Console console;
  private final List<String> texts = new ArrayList<>();

  public Warnings(Console console) {
    this.console = console;
  }

  /**
   * Adds a warning.
   *
   * @param text one line, perhaps with marked names of settings
   */
  public synchronized void add(String text) {
    console.line(Console.WARNING + text);
    remember(text);
  }

  /**
   * Remembers a line that the user has seen already, if it is a warning.
   *
   * @param line as {@link Console#line} takes it
   */
  public synchronized void shown(String line) {
    if (line.startsWith(Console.WARNING)) {
      remember(line.substring(Console.WARNING.length()));
    }
  }

  private void remember(String text) {
    texts.add(Redaction.uris(SettingNames.plain(text)));
  }

  /** All warnings so far, with plain names of settings and without secrets. */
  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }
}
