package dev.onehot.cli;

import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Properties that notice a key that is given twice, where Java's silently take the last value. */
final class UniqueKeys extends Properties {

  private static final long serialVersionUID = 1L;

  private final TreeSet<String> repeated = new TreeSet<>();

  @Override
  public synchronized Object put(Object key, Object value) {
    Object before = super.put(key, value);
    if (before != null) {
      repeated.add(key.toString());
    }
    return before;
  }

  /** The keys that were given more than once. */
  Set<String> repeated() {
    return repeated;
  }
}
