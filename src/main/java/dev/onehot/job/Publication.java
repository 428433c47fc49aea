package dev.onehot.job;

import dev.onehot.failure.EndedBySignalException;
import dev.onehot.report.Console;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.storage.SignalWatch;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Publishes a job's directory. If a signal ends the process meanwhile, tells the user whether the
 * directory is there.
 */
public final class Publication implements AutoCloseable {

  private final Console console;
  private final SignalWatch watch;
  private Path published;

  /** Begins to watch for signals. */
  public Publication(Console console) {
    this.console = console;
    watch = SignalWatch.start(this::tell);
  }

  /** Gives the directory its name. A signal at the same moment waits for that. */
  public synchronized void publish(PublishedDirectory directory) {
    directory.publish();
    published = directory.target();
  }

  private synchronized void tell() {
    if (SignalWatch.ending()) {
      console.line(
          published == null
              ? "onehot: ended by a signal; nothing was published"
              : String.format(Locale.ROOT, "onehot: ended by a signal; %s is complete", published));
    }
  }

  /**
   * Throws if a signal is the reason of a failure.
   *
   * @param failure an exception that the job met
   */
  public static void throwIfEndedBySignal(Exception failure) {
    if (SignalWatch.ending()) {
      throw new EndedBySignalException(failure);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
