package dev.onehot.cli;

import dev.onehot.data.DataProfile;
import dev.onehot.data.RowSource;
import dev.onehot.math.RowBlock;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that were read to the end, checked, and cached.
 *
 * @param source where they come from
 * @param blocks named and persisted
 * @param profile what was counted on the way
 */
record LoadedRows(RowSource source, JavaRDD<RowBlock> blocks, DataProfile profile) {

  static LoadedRows load(
      JavaSparkContext spark,
      RowSource source,
      String name,
      JavaRDD<RowBlock> blocks,
      int classes) {
    blocks.setName(name).persist(StorageLevel.MEMORY_AND_DISK());
    spark.setJobDescription("load " + name);
    return new LoadedRows(source, blocks, DataProfile.of(blocks, source.features(), classes));
  }

  /** Where the blocks are cached now. */
  CachedBlocks cached(JavaSparkContext spark) {
    for (RDDInfo info : spark.sc().getRDDStorageInfo()) {
      if (info.id() == blocks.id()) {
        return new CachedBlocks(info.memSize(), info.diskSize());
      }
    }
    return new CachedBlocks(0, 0);
  }
}
