package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.job.DataOptions;
import dev.onehot.job.Dates;
import dev.onehot.job.StoredModel;
import dev.onehot.nightly.DataLimits;
import dev.onehot.nightly.GateLimits;
import dev.onehot.nightly.NightlyJob;
import dev.onehot.nightly.NightlyOptions;
import dev.onehot.nightly.PromotionMode;
import dev.onehot.registry.Retention;
import dev.onehot.report.Console;
import dev.onehot.storage.CrashEnumeration;
import dev.onehot.storage.CrashEnumeration.Scenario;
import dev.onehot.train.TrainingOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process ends at points of a whole night, with its training, on the local disk and on HDFS: at
 * every eleventh, or at every point with {@code -Donehot.crash.stride=1}, which takes minutes.
 */
@Tag("long")
class NightCrashIT {

  private static final int STRIDE = Integer.getInteger("onehot.crash.stride", 11);
  private static final int ROWS = 600;

  @TempDir private static java.nio.file.Path folder;
  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("nights that crash")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void aNightOnTheLocalDiskEndsAtAnyPointAndTheNextRunFinishesIt() throws Exception {
    Path here = new Path(folder.resolve("crashes").toUri());
    int points = new CrashEnumeration(here, new Configuration()).every(night(here), STRIDE);
    assertThat(points).isGreaterThan(50);
  }

  @Test
  void aNightOnHdfsEndsAtAnyPointAndTheNextRunFinishesIt() throws Exception {
    Configurator.setLevel("org.apache.hadoop.hdfs", Level.OFF);
    try (LocalHdfs hdfs = LocalHdfs.start(folder.resolve("hdfs"))) {
      Path here = new Path(hdfs.root() + "/crashes");
      Configuration hadoop = new Configuration(hdfs.files().getConf());
      int points = new CrashEnumeration(here, hadoop).every(night(here), STRIDE);
      assertThat(points).isGreaterThan(50);
    } finally {
      Configurator.setLevel("org.apache.hadoop.hdfs", Level.WARN);
    }
  }

  private static Scenario night(Path beside) {
    return new SecondNight(new Path(beside.getParent(), "first"));
  }

  /**
   * The second night of a registry.
   *
   * @param first where the registry is kept as the first night has left it
   */
  private record SecondNight(Path first) implements Scenario {

    @Override
    public void prepare(Path here, Configuration hadoop) throws Exception {
      Path registry = new Path(first, "registry");
      if (!registry.getFileSystem(hadoop).exists(registry)) {
        night(first, 1, hadoop);
      }
      FileUtil.copy(
          registry.getFileSystem(hadoop),
          registry,
          here.getFileSystem(hadoop),
          new Path(here, "registry"),
          false,
          hadoop);
    }

    @Override
    public void run(Path here, Configuration hadoop) throws Exception {
      night(here, 2, hadoop);
    }

    /** The champion, loaded. */
    @Override
    public String read(Path here, Configuration hadoop) {
      StoredModel champion = StoredModel.open(new Path(here, "registry"), hadoop);
      return champion.directory().getName() + " " + champion.model().w1Sha256();
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }

  private static void night(Path here, int day, Configuration hadoop) throws Exception {
    Configuration ofSpark = spark.hadoopConfiguration();
    Configuration before = new Configuration(ofSpark);
    for (Map.Entry<String, String> setting : hadoop) {
      ofSpark.set(setting.getKey(), setting.getValue());
    }
    try {
      new NightlyJob(options(here, day), NightCrashIT::training, hadoop, silent()).run(() -> spark);
    } finally {
      ofSpark.clear();
      for (Map.Entry<String, String> setting : before) {
        ofSpark.set(setting.getKey(), setting.getValue());
      }
    }
  }

  private static TrainingOptions training(int features) {
    return TrainingOptions.defaults(features).withIterations(4);
  }

  private static NightlyOptions options(Path here, int day) {
    return new NightlyOptions(
        new Path(here, "registry"),
        DataOptions.defaults()
            .withTrainRows(ROWS)
            .withDates(new Dates(LocalDate.of(2026, 11, day), 1)),
        2,
        null,
        null,
        false,
        false,
        PromotionMode.FORCE,
        DataLimits.defaults(),
        GateLimits.defaults(),
        new Retention(1, 0, Duration.ZERO),
        null,
        null);
  }

  private static Console silent() {
    return new Console(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
  }
}
