package dev.onehot.cli;

import java.util.Locale;
import org.apache.hadoop.net.NetUtils;

/** Who gives a command. */
final class Person {

  private Person() {}

  /** Such as {@code ada on node7}. */
  static String current() {
    return String.format(
        Locale.ROOT, "%s on %s", System.getProperty("user.name"), NetUtils.getLocalHostname());
  }
}
