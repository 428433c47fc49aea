package dev.onehot.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.ProjectHome;
import dev.onehot.data.DataProfile;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.math.RowBlock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real MNIST, where it is there. */
class MnistIT {

  private static Path mnist;
  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    mnist = ProjectHome.mnist();
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("MnistIT")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void theTrainingRowsAreThoseOfTheLiterature() {
    DataProfile profile = profile(open(folder(mnist).train()), 2);

    assertThat(profile.rows()).isEqualTo(60_000);
    assertThat(profile.features()).isEqualTo(784);
    double density = (double) profile.nonZeros() / profile.rows() / profile.features();
    assertThat(density).isCloseTo(0.1912, within(0.00005));
    assertThat(profile.classCounts())
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    double mean = 0;
    for (int j = 0; j < 784; j++) {
      mean += profile.mean(j) / 255.0 / 784;
    }
    assertThat(mean).isCloseTo(0.1307, within(0.00005));
  }

  @Test
  void theTestRowsAreThoseOfTheLiterature() {
    IdxSource source = open(folder(mnist).test().orElseThrow());
    DataProfile profile = profile(source, 2);

    assertThat(source.pictures()).contains(new ImageShape(28, 28));
    assertThat(profile.rows()).isEqualTo(10_000);
    assertThat(profile.classCounts())
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
  }

  @Test
  void rawFilesGiveTheSameDataAsGzip(@TempDir Path raw) throws IOException {
    for (String name : new String[] {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}) {
      try (InputStream in =
          new GZIPInputStream(Files.newInputStream(mnist.resolve(name + ".gz")))) {
        Files.copy(in, raw.resolve(name));
      }
    }

    assertThat(profile(open(folder(raw).train()), 7))
        .usingRecursiveComparison()
        .isEqualTo(profile(open(folder(mnist).train()), 2));
  }

  private static MnistFolder folder(Path folder) {
    return MnistFolder.open(new org.apache.hadoop.fs.Path(folder.toString()), new Configuration());
  }

  private static IdxSource open(IdxFiles files) {
    return IdxSource.open(files.images(), files.labels(), 10, Long.MAX_VALUE, new Configuration());
  }

  private static DataProfile profile(IdxSource source, int partitions) {
    JavaRDD<RowBlock> blocks = source.blocks(spark, partitions, HeldBackRows.none());
    return DataProfile.of(blocks, 784, 10);
  }
}
