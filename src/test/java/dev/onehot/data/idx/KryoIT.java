package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.DataProfile;
import dev.onehot.data.Digits;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.mnist.MnistFolder;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters often have Kryo as their default, and Kryo cannot read records. */
class KryoIT {

  @Test
  void rowsAreMovedAndProfiledWhereSparkSerializesWithKryo(@TempDir Path folder) throws Exception {
    Digits digits = Digits.random(1, 2000, new ImageShape(4, 5));
    digits.writeShards(folder, ".gz", 300, 2000);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("KryoIT")
            .set("spark.ui.enabled", "false")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    try (var spark = new JavaSparkContext(conf)) {
      Configuration hadoop = spark.hadoopConfiguration();
      IdxFiles train =
          MnistFolder.open(new org.apache.hadoop.fs.Path(folder.toString()), hadoop).train();
      IdxSource source =
          IdxSource.open(train.images(), train.labels(), 10, Long.MAX_VALUE, hadoop)
              .withMostSkippedBytes(0);

      DataProfile profile = DataProfile.of(source.blocks(spark, 3, HeldBackRows.none()), 784, 10);

      assertThat(profile.rows()).isEqualTo(2000);
    }
  }
}
