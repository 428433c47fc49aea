package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.Onehot;
import dev.onehot.data.Gzip;
import dev.onehot.data.digits.GeneratedDigits;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code predict} as a user runs it. */
class PredictCommandIT {

  private static final int ROWS = 1500;
  private static final String HEADER =
      "row,label,probability,p_0,p_1,p_2,p_3,p_4,p_5,p_6,p_7,p_8,p_9";

  /** A model, and what it says of the first of the digits in {@link #digits}. */
  @TempDir private static Path shared;

  private static Path model;
  private static Path digits;
  private static List<String> expected;

  @TempDir private Path folder;
  private Path out;

  @BeforeAll
  static void trainAndScoreRowByRow() throws IOException {
    model = shared.resolve("model");
    digits = shared.resolve("digits");
    requireSuccess("train", "--train-rows=3000", "--iterations=5", "--out=" + model);
    requireSuccess("generate", "--rows=" + ROWS, "--test-rows=0", "--shards=3", "--out=" + digits);
    SoftmaxModel scorer = SoftmaxModel.load(model);
    GeneratedDigits render = new GeneratedDigits(GeneratedSource.BUILT_IN_SEED);
    byte[] pixels = new byte[784];
    expected = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int actual = render.render(row, pixels, 0);
      double[] features = new double[784];
      Arrays.setAll(features, j -> Byte.toUnsignedInt(pixels[j]));
      double[] probabilities = scorer.probabilities(features);
      int label = scorer.predict(features);
      expected.add(
          Stream.of(
                  Stream.of(row, label, decimal(probabilities[label])),
                  Arrays.stream(probabilities).mapToObj(PredictCommandIT::decimal),
                  Stream.of(actual))
              .flatMap(values -> values)
              .map(Object::toString)
              .collect(Collectors.joining(",")));
    }
  }

  private static String decimal(double probability) {
    return new BigDecimal(probability)
        .setScale(12, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  @BeforeEach
  void nameDirectory() {
    out = folder.resolve("above/predictions");
  }

  @ParameterizedTest
  @CsvSource({"local[1], 1", "local[2], 2", "local[2], 3"})
  void everyLineIsWhatTheModelSaysOfTheRowWhereverItIsScored(String master, int partitions)
      throws IOException {
    CommandRun run =
        SparkSettings.with(
            Map.of("spark.master", master),
            () -> predict("--probabilities", "--partitions=" + partitions));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(names(out)).hasSize(partitions + 1).first().isEqualTo("_SUCCESS");
    assertThat(lines(HEADER + ",actual")).isEqualTo(expected);
    assertThat(names(out.getParent())).containsExactly("predictions");
  }

  @Test
  void morePartitionsThanBlocksGiveNoEmptyFiles() throws IOException {
    assertThat(predict("--probabilities", "--partitions=7").exitCode()).isZero();

    assertThat(names(out))
        .containsExactly("_SUCCESS", "part-00000.csv", "part-00001.csv", "part-00002.csv");
    assertThat(out.resolve("_SUCCESS")).isEmptyFile();
    assertThat(lines(HEADER + ",actual")).isEqualTo(expected);
  }

  @Test
  void theSummarySaysWhatWasPredictedAndWhere() throws IOException {
    CommandRun run = predict("--partitions=2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    long correct =
        expected.stream().map(line -> line.split(",")).filter(v -> v[1].equals(v[13])).count();
    assertThat(run.out().lines().filter(line -> !line.matches("(time|peak memory|spent in) .*")))
        .containsExactly(
            "rows            1,500",
            String.format("accuracy        %.4f", correct / (double) ROWS),
            String.format(Locale.ROOT, "size            %.1f kB in 2 files", bytes(out) / 1e3),
            "directory       " + out);
    assertThat(run.out())
        .containsPattern("(?m)^time            \\d+\\.\\d s, [\\d,]+ rows/s$")
        .containsPattern("(?m)^spent in        reading \\d+ %, scoring \\d+ %, writing \\d+ %$");
    assertThat(run.err()).contains("predicting 1,500 rows of " + digits);
  }

  @Test
  void withoutLabelsThereIsNoActualAndNoAccuracy() throws IOException {
    Path rows = folder.resolve("any name");
    Files.copy(firstShard(), rows);
    CommandRun run = predictFrom(rows.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("accuracy");
    assertThat(lines("row,label,probability")).isEqualTo(shortLines(512));
  }

  @Test
  void labelsThatTheModelDoesNotKnowAreWrittenAndWarnedOf() throws IOException {
    Path rows = folder.resolve("rows.libsvm");
    Files.writeString(rows, "12 200:255\n3 300:255\n11 400:255\n");
    CommandRun run = predictFrom(rows.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "warning: 2 of 3 rows have a label that the model "
                + model
                + " doesn't know; the accuracy counts them as wrong");
    assertThat(lines("row,label,probability,actual"))
        .extracting(line -> line.substring(line.lastIndexOf(',') + 1))
        .containsExactly("12", "3", "11");
  }

  @Test
  void compressedFilesHoldTheSameLinesAndHaveTheSameBytesEveryTime() throws IOException {
    assertThat(predict("--gzip", "--partitions=1").exitCode()).isZero();
    byte[] first = Files.readAllBytes(out.resolve("part-00000.csv.gz"));
    String text;
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(out.resolve("part-00000.csv.gz")))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(text.lines().skip(1).map(line -> line.replaceAll(",\\d$", "")))
        .isEqualTo(shortLines(ROWS));

    out = folder.resolve("again");
    assertThat(predict("--gzip", "--partitions=1").exitCode()).isZero();
    assertThat(out.resolve("part-00000.csv.gz")).hasBinaryContent(first);
  }

  @Test
  void jsonLinesHoldTheSameValues() throws IOException {
    assertThat(predict("--out-format=jsonl", "--probabilities").exitCode()).isZero();

    List<String> values = new ArrayList<>();
    for (String name : names(out)) {
      for (String line : Files.readAllLines(out.resolve(name))) {
        JsonObject object = JsonParser.parseString(line).getAsJsonObject();
        assertThat(String.join(",", object.keySet())).isEqualTo(HEADER + ",actual");
        assertThat(object.get("label").getAsJsonPrimitive().isString()).isTrue();
        values.add(
            object.keySet().stream()
                .map(key -> object.get(key).getAsString())
                .collect(Collectors.joining(",")));
      }
    }
    assertThat(values).isEqualTo(expected);
  }

  @Test
  void withoutAnyInputTheBuiltInTestDigitsArePredicted() {
    CommandRun run = CommandRun.of("predict", "--model=" + model, "--out=" + out);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("rows            10,000");
  }

  @Test
  void attemptsThatFailChangeNothing() throws IOException {
    CommandRun run = predictToFailing(3, "--probabilities", "--partitions=2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(FailingWrites.LEFT).hasValue(0);
    assertThat(lines(HEADER + ",actual")).isEqualTo(expected);
    assertThat(names(out)).hasSize(3);
  }

  @Test
  void aTaskThatFailsFourTimesFailsInOneLineAndLeavesNothing() throws IOException {
    CommandRun run = predictToFailing(4, "--partitions=1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.lastError())
        .isEqualTo(
            "onehot: --out failing:%s: writing part-00000.csv failed (the disk has gone); nothing was published"
                .formatted(out));
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aBrokenFileOfRowsFailsInOneLineAndLeavesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(firstShard());
    Path broken = Files.write(folder.resolve("rows.gz"), Gzip.corrupt(whole, 300_000));
    CommandRun run = predictFrom(broken.toString());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError()).startsWith("onehot: ").contains("rows.gz");
    assertThat(names(folder)).containsExactly("rows.gz");
  }

  @Test
  void aModelThatDoesNotFitTheRowsIsRefusedBeforeSparkStarts() throws IOException {
    Path small = folder.resolve("small");
    byte[] header = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2};
    Files.write(small, Arrays.copyOf(header, header.length + 2));
    CommandRun run = predictFrom(small.toString());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith(
            "onehot: %s (small): rows of 2 features, but the model %s takes 784"
                .formatted(folder, model))
        .hasLineCount(1);
    assertThat(names(folder)).containsExactly("small");
  }

  @Test
  void aModelThatIsNoneOrIsDamagedIsRefusedBeforeSparkStarts() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("model"));
    assertRefused(copy, "has no model.json, so it is no model directory");
    String description = Files.readString(model.resolve("model.json"));
    Files.writeString(copy.resolve("model.json"), description);
    assertRefused(copy, "has no W1.npy, so it is no model directory");
    byte[] weights = Files.readAllBytes(model.resolve("W1.npy"));
    weights[weights.length - 1] ^= 1;
    Files.write(copy.resolve("W1.npy"), weights);
    assertRefused(copy, "W1.npy is damaged or belongs to another model");
    Files.writeString(
        copy.resolve("model.json"), description.replace("\"version\": 1,", "\"version\": 99,"));
    assertRefused(copy, "model.json is of format version 99");
  }

  private void assertRefused(Path damaged, String reason) {
    CommandRun run = CommandRun.of("predict", "--model=" + damaged, "--out=" + out);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).startsWith("onehot: " + damaged + ": ").contains(reason).hasLineCount(1);
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void aDirectoryThatIsNotEmptyIsRefusedUntouched() throws IOException {
    out = folder;
    Files.writeString(folder.resolve("mine"), "kept");
    CommandRun run = predict();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError()).contains(folder + ": exists and isn't empty (it holds mine)");
    assertThat(names(folder)).containsExactly("mine");
  }

  @Test
  void anEmptyDirectoryIsFilled() throws IOException {
    out = Files.createDirectory(folder.resolve("empty"));
    assertThat(predict("--probabilities").exitCode()).isZero();

    assertThat(lines(HEADER + ",actual")).isEqualTo(expected);
  }

  @Test
  void everythingWrongOfTheOptionsIsSaidOnOneLine() throws IOException {
    CommandRun run = predict("--data=" + digits, "--partitions=0");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("onehot: --data names a folder whose test rows are meant, --input the rows")
        .contains("; --partitions must be at least 1, not 0")
        .hasLineCount(1);

    assertThat(CommandRun.of("predict").err())
        .startsWith("onehot: Missing required options: '--model=DIR', '--out=DIR'");
    assertThat(names(folder)).isEmpty();
  }

  /** The limit on the length of files stands in for a full disk: both fail in the midst. */
  @Test
  void aFileThatCannotBeWrittenToItsEndFailsInOneLineAndLeavesNothing() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: there is no /bin/bash");
    List<String> command =
        new ArrayList<>(List.of("/bin/bash", "-c", "ulimit -f 100 && exec \"$@\"", "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-Dspark.master=local[2]",
            "-cp",
            System.getProperty("java.class.path"),
            Onehot.class.getName(),
            "predict",
            "--model=" + model,
            "--input=" + digits,
            "--probabilities",
            "--partitions=1",
            "--out=" + out));
    Path err = Files.createTempFile("predict", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      assertThat(process.getInputStream().readAllBytes()).isEmpty();

      List<String> lines = Files.readAllLines(err);
      assertThat(process.waitFor()).as("%s", lines).isEqualTo(1);
      assertThat(lines.get(lines.size() - 1))
          .isEqualTo(
              "onehot: --out file:%s: writing part-00000.csv failed (File too large); nothing was published"
                  .formatted(out));
      assertThat(names(folder)).isEmpty();
    } finally {
      Files.delete(err);
    }
  }

  private CommandRun predict(String... options) {
    return predictFrom(digits.toString(), options);
  }

  private CommandRun predictFrom(String input, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("predict", "--model=" + model, "--input=" + input));
    arguments.addAll(List.of(options));
    arguments.add("--out=" + out);
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** The last one of the attempts that Spark makes at a task is the fourth. */
  private CommandRun predictToFailing(int failures, String... options) {
    FailingWrites.LEFT.set(failures);
    List<String> arguments =
        new ArrayList<>(List.of("predict", "--model=" + model, "--input=" + digits));
    arguments.addAll(List.of(options));
    arguments.add("--out=failing:" + out);
    return SparkSettings.with(
        Map.of(
            "spark.master",
            "local[1, 4]",
            "spark.hadoop.fs.failing.impl",
            FailingWrites.class.getName()),
        () -> CommandRun.of(arguments.toArray(String[]::new)));
  }

  /** All lines of all parts, in the order of their names, after the header of each. */
  private List<String> lines(String header) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : names(out)) {
      if (name.startsWith("part-")) {
        List<String> part = Files.readAllLines(out.resolve(name));
        assertThat(part.get(0)).isEqualTo(header);
        lines.addAll(part.subList(1, part.size()));
      }
    }
    return lines;
  }

  /** The first lines without the probabilities of all classes and the label. */
  private static List<String> shortLines(int rows) {
    return expected.subList(0, rows).stream()
        .map(line -> String.join(",", Arrays.copyOf(line.split(","), 3)))
        .toList();
  }

  /** The first shard's images. */
  private static Path firstShard() {
    return digits.resolve("train-images-idx3-ubyte-00000-of-00003");
  }

  private static void requireSuccess(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytes(Path directory) throws IOException {
    long bytes = 0;
    for (String name : names(directory)) {
      bytes += Files.size(directory.resolve(name));
    }
    return bytes;
  }
}
