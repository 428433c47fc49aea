package dev.onehot.job;

import dev.onehot.failure.SettingNames;

/**
 * The size of cached blocks.
 *
 * @param memoryBytes the bytes in the executors' memory
 * @param diskBytes the bytes on the executors' disks
 */
record CachedBlocks(long memoryBytes, long diskBytes) {

  long bytes() {
    return memoryBytes + diskBytes;
  }

  boolean spilled() {
    return diskBytes > 0;
  }

  /**
   * A warning that says how much does not fit and which setting to raise. Settings are marked.
   *
   * @param name what the rows are called
   * @param local whether Spark runs in the driver alone
   */
  String spillWarning(String name, boolean local) {
    return SettingNames.format(
        "the cache does not fit: %.1f of %.1f MB of the %s are on disk, and read from"
            + " there in every iteration; more %s would make iterations faster",
        diskBytes / 1e6,
        bytes() / 1e6,
        name,
        SettingNames.mark(local ? "driver-memory" : "executor-memory"));
  }
}
