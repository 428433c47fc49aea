package dev.onehot.cli;

import dev.onehot.data.digits.GeneratedFiles;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.job.GenerateJob;
import dev.onehot.job.PeakMemory;
import dev.onehot.report.Summary;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code generate}: renders digits into IDX files and publishes their directory. */
@Command(
    name = "generate",
    description = {
      "Writes handwritten-like digits as IDX files with MNIST's names.",
      "With its defaults that is what train uses without any data."
    },
    footer = {"Example", "  ./submit.sh generate --out data/digits --rows 1000000 --shards 16"})
@HelpGroup(HelpGroup.DATA)
final class GenerateCommand implements Callable<Integer> {

  private final CommandOutput output;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "New or empty directory for the files. On a cluster every machine must reach it.")
  private Path out;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "" + GeneratedSource.BUILT_IN_TRAINING_ROWS,
      description = "Rows to train on, 785 bytes each [${DEFAULT-VALUE}].")
  private long rows;

  @Option(
      names = "--test-rows",
      paramLabel = "N",
      defaultValue = "" + GeneratedSource.BUILT_IN_TEST_ROWS,
      description =
          "Rows to test on, the next ones of the same seed; 0: none [${DEFAULT-VALUE}]. A file holds up to 1,048,576 of them.")
  private long testRows;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Pairs of files for the rows to train on [${DEFAULT-VALUE}]. Each is written by one core: give at least as many as there are cores. Any number holds the same rows.")
  private int shards;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + GeneratedSource.BUILT_IN_SEED,
      description = "Which of the endless sets of digits [${DEFAULT-VALUE}].")
  private long seed;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  GenerateCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    GeneratedFiles files = new GeneratedFiles(seed, rows, testRows, shards);
    try (StartedSpark spark = SparkStart.start(command.name(), output.console())) {
      double seconds = new GenerateJob(spark.context(), files, out, output.console()).run();
      output.result(summary(files, seconds), "the files are complete: " + out);
    }
    return 0;
  }

  private String summary(GeneratedFiles files, double seconds) {
    Summary summary = new Summary();
    summary.add("train rows", "%,d in %s", files.rows(), shards(files.shards()));
    if (files.testRows() > 0) {
      summary.add("test rows", "%,d in %s", files.testRows(), shards(files.testShards()));
    }
    summary.add("seed", "%d", files.seed());
    summary.addSize(files.bytes(), files.files());
    summary.add("time", "%.1f s, %,.0f rows/s", seconds, files.allRows() / seconds);
    summary.add("peak memory", "%.1f MB (the driver's process)", PeakMemory.bytes() / 1e6);
    summary.add("directory", "%s", out);
    return summary.toString();
  }

  private static String shards(int shards) {
    return shards == 1 ? "1 shard" : String.format(Locale.ROOT, "%,d shards", shards);
  }
}
