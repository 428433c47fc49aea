package dev.onehot.job;

import dev.onehot.failure.SettingNames;

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
    return SettingNames.format(
        "warning: the cache does not fit: %.1f of %.1f MB of the %s are on disk, and read from"
            + " there in every iteration; more %s would make iterations faster",
        diskBytes / 1e6,
        bytes() / 1e6,
        name,
        SettingNames.mark(local ? "driver-memory" : "executor-memory"));
  }
}
