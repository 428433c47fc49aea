package dev.onehot.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The peak memory of this process, the driver. In local mode the executor is part of it; on a
 * cluster executors have their own memory.
 */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /** The peak of resident memory on Linux; elsewhere the peak of the heap, with garbage. */
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

  /** The sum of the peaks of the heap's pools, which may have been at different times. */
  public static long heapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
