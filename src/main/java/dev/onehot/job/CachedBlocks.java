package dev.onehot.job;

import java.util.Locale;

/**
 * What cached blocks take.
 *
 * @param memoryBytes in the executors' memory
 * @param diskBytes on their disks
 */
record CachedBlocks(long memoryBytes, long diskBytes) {

  long bytes() {
    return memoryBytes + diskBytes;
  }

  boolean spilled() {
    return diskBytes > 0;
  }

  /**
   * How much does not fit, and what would help; settings are marked.
   *
   * @param local whether the driver's memory is all there is
   */
  String spillWarning(String name, boolean local) {
    return String.format(
        Locale.ROOT,
        "warning: the cache does not fit: %.1f of %.1f MB of the %s are on disk, and read from"
            + " there in every iteration; more %s would make iterations faster",
        diskBytes / 1e6,
        bytes() / 1e6,
        name,
        local ? "⟨driver-memory⟩" : "⟨executor-memory⟩");
  }
}
