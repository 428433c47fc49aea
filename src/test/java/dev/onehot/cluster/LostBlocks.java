package dev.onehot.cluster;

import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.BroadcastBlockId;
import scala.jdk.javaapi.CollectionConverters;

/** Takes blocks away from executors, as full memory, full disks and lost executors do. */
final class LostBlocks {

  private LostBlocks() {}

  /** All cached rows, wherever they are. */
  static void loseCached() {
    ClusterTraining.context()
        .getPersistentRDDs()
        .keys()
        .foreach(
            id -> {
              blocks().removeRdd((int) id, true);
              return null;
            });
  }

  /** The broadcasts that executors have got; the driver keeps its own copy. */
  static void loseBroadcasts() {
    CollectionConverters.asJava(blocks().getMatchingBlockIds(BlockId::isBroadcast, false)).stream()
        .map(block -> ((BroadcastBlockId) block).broadcastId())
        .distinct()
        .forEach(id -> blocks().removeBroadcast(id, false, true));
  }

  private static BlockManagerMaster blocks() {
    return SparkEnv.get().blockManager().master();
  }
}
