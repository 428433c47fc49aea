package dev.onehot.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.hadoop.net.NetUtils;

/**
 * The process of a run's driver. Other processes on the same machine can find out whether it is
 * alive.
 *
 * @param host the machine's name
 * @param machine the start of the machine's system, and the container whose processes have ids of
 *     their own; null where that is unknown
 * @param pid its process id
 * @param started when the process started, in the format of {@link Instant#toString}; a later
 *     process may have the same id but not the same start
 */
public record DriverProcess(String host, String machine, long pid, String started) {

  private static final Path PROC = Path.of("/proc");
  private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");
  private static final Path NAMESPACE = PROC.resolve("self/ns/pid");

  /** The system may round the time, and a leap second may move the clock. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** What is known here about a process. */
  public enum Life {
    ALIVE,
    DEAD,
    /** The process is or was on another machine, or it is hidden from this process. */
    UNKNOWN
  }

  /** This process. */
  public static DriverProcess current() {
    return of(ProcessHandle.current());
  }

  static DriverProcess of(ProcessHandle process) {
    String started = process.info().startInstant().map(DriverProcess::text).orElse(null);
    return new DriverProcess(NetUtils.getLocalHostname(), thisMachine(), process.pid(), started);
  }

  private static String text(Instant started) {
    return started.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Linux only. */
  private static String thisMachine() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** Whether the process lives, as far as this process can know. */
  public Life life() {
    String here = thisMachine();
    boolean same =
        here == null || machine == null
            ? here == machine && NetUtils.getLocalHostname().equals(host)
            : here.equals(machine);
    if (!same || started == null) {
      return Life.UNKNOWN;
    }
    if (ProcessHandle.of(pid).filter(this::hasStartTimeOf).isPresent() && !isZombie()) {
      return Life.ALIVE;
    }
    // Where Linux hides other users' processes, it hides the first one, too.
    boolean hidden = here != null && !Files.exists(PROC.resolve("1/stat"));
    return hidden ? Life.UNKNOWN : Life.DEAD;
  }

  private boolean hasStartTimeOf(ProcessHandle process) {
    try {
      Instant expected = Instant.parse(started);
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
      byte[] stat = Files.readAllBytes(PROC.resolve(pid + "/stat"));
      // The state comes after the command in parentheses, which may hold any bytes.
      String text = new String(stat, StandardCharsets.ISO_8859_1);
      return text.substring(text.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "process %d on %s, since %s", pid, host, started);
  }
}
