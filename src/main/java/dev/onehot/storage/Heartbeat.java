package dev.onehot.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Sets the modification time of a claim's file again and again, and so shows other machines that
 * its run lives. Machines need not agree on the time: what counts is that it changes.
 *
 * <p>An object store knows no such thing. There the owner counts in a file beside the claim's. The
 * claim's own is never written again: that would restore one that others have removed meanwhile.
 */
final class Heartbeat {

  private static final Duration GLANCE = Duration.ofMillis(500);

  private final FileSystem files;
  private final Path file;
  private final Pulse pulse;
  private long beats;
  private boolean stopped;

  /**
   * How often.
   *
   * @param beat the time between two beats
   * @param patience the time without a beat after which a run is taken for dead
   */
  record Pulse(Duration beat, Duration patience) {

    /** The setting for the patience; all machines need the same. */
    private static final String PATIENCE = "onehot.claim.patience";

    private static final long DEFAULT_SECONDS = 30;
    private static final int BEATS = 6;

    static Pulse of(Configuration hadoop) {
      long milliseconds =
          hadoop.getTimeDuration(
              PATIENCE, DEFAULT_SECONDS, TimeUnit.SECONDS, TimeUnit.MILLISECONDS);
      Duration patience = Duration.ofMillis(Math.max(BEATS, milliseconds));
      return new Pulse(patience.dividedBy(BEATS), patience);
    }
  }

  /**
   * What changes with every beat.
   *
   * @param id of the claim
   * @param beat the time of the last beat, or what tells the owner's counts apart
   */
  private record Sign(String id, String beat) {

    /** Null if there is no such file. */
    static Sign of(FileSystem files, Path file) throws IOException {
      // Reading comes first, since network file systems ask the server anew only then.
      Claim.Link link = Claim.read(files, file);
      try {
        return link == null ? null : new Sign(link.id(), beat(files, file));
      } catch (FileNotFoundException e) {
        return null;
      }
    }

    /** Nothing is read in an object store: reading fails where the owner counts at that moment. */
    private static String beat(FileSystem files, Path file) throws IOException {
      if (!ObjectStore.holds(files)) {
        return Long.toString(files.getFileStatus(file).getModificationTime());
      }
      try {
        FileStatus count = files.getFileStatus(count(file));
        return count instanceof EtagSource content ? content.getEtag() : count.toString();
      } catch (FileNotFoundException e) {
        return "none";
      }
    }
  }

  private Heartbeat(FileSystem files, Path file, Pulse pulse) {
    this.files = files;
    this.file = file;
    this.pulse = pulse;
  }

  static Heartbeat start(FileSystem files, Path file, Pulse pulse) {
    Heartbeat heartbeat = new Heartbeat(files, file, pulse);
    Thread thread = new Thread(heartbeat::run, "heartbeat of " + file);
    thread.setDaemon(true);
    thread.start();
    return heartbeat;
  }

  private void run() {
    try {
      while (waitForTheNext()) {
        beat();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it but the end of the process.
    }
  }

  /** Returns false if there is no next beat. */
  private synchronized boolean waitForTheNext() throws InterruptedException {
    if (!stopped) {
      wait(pulse.beat().toMillis());
    }
    return !stopped;
  }

  private void beat() {
    try {
      if (ObjectStore.holds(files)) {
        addToCount();
      } else {
        files.setTimes(file, System.currentTimeMillis(), -1);
      }
    } catch (IOException | RuntimeException e) {
      // The next beat tries again. If it is too late then, the run notices before it publishes.
    }
  }

  /** Locked, so that nothing is written once the claim's files are being removed. */
  private synchronized void addToCount() throws IOException {
    if (!stopped) {
      beats++;
      byte[] count = Long.toString(beats).getBytes(StandardCharsets.US_ASCII);
      WholeFile.write(files, count(file), out -> out.write(count));
    }
  }

  /** The file that an owner counts in. */
  private static Path count(Path claim) {
    return Storage.child(claim.getParent(), claim.getName() + ".beats");
  }

  /** Removes what the beats of a claim that is given up have left. */
  static void removeCount(FileSystem files, Path claim) throws IOException {
    if (ObjectStore.holds(files)) {
      files.delete(count(claim), false);
    }
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /**
   * Whether the owner of a claim lives. If that cannot be known from its process, this waits for a
   * beat.
   *
   * @param say gets a line before waiting
   */
  static boolean lives(FileSystem files, Claim.Link link, Pulse pulse, Consumer<String> say)
      throws IOException {
    DriverProcess.Life life =
        link.owner() == null ? DriverProcess.Life.UNKNOWN : link.owner().process().life();
    if (life != DriverProcess.Life.UNKNOWN) {
      return life == DriverProcess.Life.ALIVE;
    }
    Sign first = Sign.of(files, link.file());
    if (first == null) {
      return false;
    }
    say.accept(
        String.format(
            Locale.ROOT,
            "%s cannot be seen from here: waiting up to %s s for a sign of life",
            link.described(),
            seconds(pulse.patience())));
    long end = System.nanoTime() + pulse.patience().toNanos();
    while (System.nanoTime() < end) {
      pause(pulse.beat().compareTo(GLANCE) < 0 ? pulse.beat() : GLANCE);
      Sign now = Sign.of(files, link.file());
      if (!Objects.equals(now, first)) {
        return now != null;
      }
    }
    return false;
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a sign of life");
    }
  }
}
