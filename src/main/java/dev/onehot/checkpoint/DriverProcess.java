package dev.onehot.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.net.NetUtils;

/**
 * The process of a run's driver. Other processes on the same machine can find out whether it is
 * alive.
 *
 * @param host the machine's name
 * @param pid its process id
 * @param started when the process started, in the format of {@link Instant#toString}; a later
 *     process may have the same id but not the same start
 */
public record DriverProcess(String host, long pid, String started) {

  /** The system may round the time, and a leap second may move the clock. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static DriverProcess current() {
    return of(ProcessHandle.current());
  }

  static DriverProcess of(ProcessHandle process) {
    String started = process.info().startInstant().map(DriverProcess::text).orElse(null);
    return new DriverProcess(NetUtils.getLocalHostname(), process.pid(), started);
  }

  private static String text(Instant started) {
    return started.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Whether this is another process that runs on this machine; false if that is unknown. */
  boolean isAnotherAlive() {
    return pid != ProcessHandle.current().pid()
        && NetUtils.getLocalHostname().equals(host)
        && ProcessHandle.of(pid).filter(this::hasStartTimeOf).isPresent()
        && !isZombie();
  }

  private boolean hasStartTimeOf(ProcessHandle process) {
    try {
      Instant expected = Instant.parse(String.valueOf(started));
      return process
          .info()
          .startInstant()
          .filter(start -> Duration.between(start, expected).abs().compareTo(TOLERANCE) <= 0)
          .isPresent();
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * Whether the process has ended but its parent has not asked for its exit code. Java says that
   * such a process is alive. Linux only.
   */
  private boolean isZombie() {
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
      // The state comes after the command in parentheses, which may hold any bytes.
      String text = new String(stat, StandardCharsets.ISO_8859_1);
      return text.substring(text.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "process %d on %s, since %s".formatted(pid, host, started);
  }
}
