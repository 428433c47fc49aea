package dev.onehot.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory that this process, the driver, has had. In local mode that is all there is; on a
 * cluster executors come on top.
 */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /** Resident memory where the system tells it (Linux); otherwise the heap, garbage included. */
  public static long bytes() {
    long resident = residentBytes();
    return resident > 0 ? resident : heapBytes();
  }

  /** {@code VmHWM} of Linux's {@code /proc}; 0 elsewhere. */
  public static long residentBytes() {
    return residentBytes(STATUS);
  }

  /** {@code VmHWM} of Linux's {@code /proc/PID/status}; 0 if it isn't there. */
  static long residentBytes(Path status) {
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.matches("VmHWM:\\s+\\d+ kB"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The sum of the heap pools' peaks, which may lie at different times. */
  public static long heapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
