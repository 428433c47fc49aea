package dev.onehot.cli;

import dev.onehot.job.Build;
import picocli.CommandLine.IVersionProvider;

/** The text that {@code --version} prints. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"Onehot " + Build.version() + " (commit " + Build.commit() + ")"};
  }
}
