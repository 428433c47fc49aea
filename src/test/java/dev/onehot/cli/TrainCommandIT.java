package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.data.digits.GeneratedDigits;
import dev.onehot.job.ProcessVerdict;
import dev.onehot.math.BlockKernel;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train} as a user runs it, on the built-in digits. */
class TrainCommandIT {

  @TempDir private Path folder;

  @Test
  void aModelDirectoryIsPublishedWhole(@TempDir Path elsewhere) throws IOException {
    Path left = elsewhere.resolve("verdict.json");
    CommandRun run =
        train("--train-rows", "3000", "--iterations", "15", "--verdict", left.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(names(folder)).containsExactly("model");
    assertThat(names(model()))
        .containsExactlyInAnyOrder(
            "W1.npy", "model.onnx", "model.json", "metrics.jsonl", "report.html", "run.json");
    assertThat(Files.readAllLines(model().resolve("metrics.jsonl"))).hasSize(16);

    JsonObject verdict = verdict();
    assertThat(verdict.get("status").getAsString()).isEqualTo("succeeded");
    assertThat(verdict.get("exitCode").getAsInt()).isZero();
    assertThat(verdict.get("iterations").getAsInt()).isEqualTo(15);
    assertThat(verdict.get("rows").getAsLong()).isEqualTo(3000);
    assertThat(verdict.get("cachedBytes").getAsLong()).isPositive();
    assertThat(verdict.get("peakMemoryBytes").getAsLong())
        .isGreaterThan(verdict.get("cachedBytes").getAsLong());
    assertThat(run.out()).contains("peak memory");
    assertThat(run.err()).doesNotContain("the cache does not fit");
    assertThat(run.out()).contains(verdict.get("w1Sha256").getAsString());
    assertThat(ProcessVerdict.parse(Files.readString(left)).model()).endsWith("" + model());
  }

  @Test
  void theReportShowsTheTrainingAndTheTestRows() throws IOException {
    CommandRun run = train("--train-rows", "3000", "--iterations", "15");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Document page = Jsoup.parse(Files.readString(model().resolve("report.html")));

    JsonObject verdict = verdict();
    double accuracy = verdict.get("testAccuracy").getAsDouble();
    assertThat(page.select(".verdict").first().text())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "The model predicts %.2f %% of 10,000 test rows right.",
                100 * accuracy));
    assertThat(page.select("figure:has(#loss) tbody tr")).hasSize(16);
    long right =
        page.select(".confusion .right").eachText().stream()
            .mapToLong(count -> Long.parseLong(count.replace(",", "")))
            .sum();
    assertThat(right).isEqualTo(Math.round(accuracy * 10_000));
    assertThat(page.select(".templates img")).hasSize(10);
    assertThat(page.select("#near-misses img, #confidently-wrong img")).hasSize(48);
    assertThat(verdict.getAsJsonObject("files").has("report.html")).isTrue();
  }

  @Test
  void aQuietRunPrintsItsResultAlone() {
    CommandRun run = train("--train-rows", "600", "--iterations", "2", "--quiet");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("test accuracy ");
    assertThat(train("-q", "--iterations", "2").err())
        .hasLineCount(1)
        .startsWith("onehot: --out file:" + model());
  }

  @Test
  void aQuietRunStillWarns() throws IOException {
    CommandRun run = train("--train-rows", "600", "--iterations", "2", "--classes=11", "-q");

    assertThat(run.err()).hasLineCount(1).startsWith("warning: ").contains("10");
  }

  @Test
  void aTerminalShowsOneLineThatIsRedrawnWithoutColourIfNoneIsWanted() {
    CommandRun run =
        CommandRun.in(
            Map.of(
                "ONEHOT_TERMINAL", "1", "ONEHOT_COLUMNS", "90", "TERM", "xterm", "NO_COLOR", "1"),
            "train",
            "--out=" + model(),
            "--train-rows=600",
            "--iterations=40");

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = List.of(run.err().split("\n"));
    int training = 0;
    while (!lines.get(training).contains("iteration 0/40")) {
      training++;
    }
    assertThat(lines.get(training - 1)).endsWith("kernel: " + BlockKernel.description());
    // Behind it there is at most the line of the test rows, which is erased.
    assertThat(lines.size() - training).isLessThanOrEqualTo(2);
    assertThat(lines.get(training))
        .startsWith("\r\u001b[K\u001b[?7l[>         ]  iteration 0/40  loss ")
        .contains("[==========]  iteration 40/40  loss ")
        .doesNotContain("\u001b[3", "\u001b[0m");
  }

  @Test
  void theSavedModelPredictsWithoutSparkWhatTheTestSaid() throws IOException {
    assertThat(train("--train-rows", "2000", "--iterations", "10", "--bias").exitCode()).isZero();
    SoftmaxModel model = SoftmaxModel.load(model());
    GeneratedDigits digits = new GeneratedDigits(1024);
    byte[] pixels = new byte[784];
    int right = 0;
    for (int row = 60_000; row < 70_000; row++) {
      if (digits.render(row, pixels, 0) == model.predict(pixels)) {
        right++;
      }
    }
    assertThat(right / 10_000.0).isEqualTo(verdict().get("testAccuracy").getAsDouble());
    assertThat(model.w1Sha256()).isEqualTo(verdict().get("w1Sha256").getAsString());
    assertThat(names(model())).contains("b1.npy");
  }

  @Test
  void theDefaultsLearnTheBuiltInDigitsAndKeepEveryClassAlive() throws IOException {
    assertThat(train().exitCode()).isZero();
    assertThat(verdict().get("testAccuracy").getAsDouble()).isBetween(0.85, 0.97);
    assertThat(verdict().get("deadClasses").getAsJsonArray()).isEmpty();
    assertThat(verdict().get("iterations").getAsInt()).isLessThanOrEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({
    "gd, relu",
    "nesterov, identity",
    "nesterov, sigmoid",
    "adam, relu",
    "adam, identity"
  })
  void everyOptimizerAndActivationLowersTheLoss(String optimizer, String activation)
      throws IOException {
    CommandRun run =
        train(
            "--train-rows=2000",
            "--iterations=30",
            "--optimizer=" + optimizer,
            "--activation=" + activation);
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<Double> losses = losses();
    assertThat(losses.get(30)).isLessThan(0.95 * losses.get(0));
  }

  @Test
  void imagesTooLargeForTheCovarianceArePreconditionedAsIfPixelsWereIndependent()
      throws IOException {
    String images = images(300, 48, 48).toString();
    CommandRun run = train("--train=" + images, "--iterations=2");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "preconditioning as if features were independent: covariance takes 2,048 features at the most, not 2,304");
    run = CommandRun.of("train", "--train=" + images, "--precondition=covariance");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError()).contains("--precondition covariance takes 2,048", "not 2,304");
  }

  @ParameterizedTest
  @CsvSource({"1, 28, 28", "3, 1, 1", "40, 7, 5"})
  void fewRowsOfDarkImagesTrainToFiniteWeights(int rows, int height, int width) throws IOException {
    CommandRun run =
        train(
            "--train=" + images(rows, height, width),
            "--classes=10",
            "--iterations=20",
            "--bias",
            "--l2=0.1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    for (double weight : SoftmaxModel.load(model()).weights()) {
      assertThat(weight).isFinite();
    }
    assertThat(losses().get(20)).isLessThan(losses().get(0));
  }

  /** Images with one white pixel on every other one, the rest black, and their labels. */
  private Path images(int rows, int height, int width) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + rows * height * width);
    images.putInt(0x803).putInt(rows).putInt(height).putInt(width);
    ByteBuffer labels = ByteBuffer.allocate(8 + rows).putInt(0x801).putInt(rows);
    for (int r = 0; r < rows; r += 2) {
      images.put(16 + r * height * width + r % (height * width), (byte) 255);
      labels.put(8 + r, (byte) (r % 10));
    }
    Path input = Files.createDirectories(folder.resolve("input"));
    Files.write(input.resolve("train-labels-idx1-ubyte"), labels.array());
    return Files.write(input.resolve("train-images-idx3-ubyte"), images.array());
  }

  @Test
  void trainingThatDivergesStopsWithoutAModel() throws IOException {
    CommandRun run = train("--train-rows=500", "--iterations=5", "--learning-rate=1e300");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lastError())
        .startsWith("onehot: training diverged at iteration 1:")
        .contains("lower --learning-rate (now 1.0E300)");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aClassThatDiesIsWarnedOfByName() throws IOException {
    CommandRun run =
        train(
            "--train-rows=2000",
            "--iterations=14",
            "--leak=0",
            "--optimizer=gd",
            "--precondition=none",
            "--warmup=0",
            "--learning-rate=3");
    assertThat(run.exitCode()).isZero();
    List<String> dead = new ArrayList<>();
    verdict().get("deadClasses").getAsJsonArray().forEach(name -> dead.add(name.getAsString()));
    assertThat(dead).isNotEmpty();
    assertThat(run.err())
        .containsPattern("warning: class(es)? .*\\b" + dead.get(0) + "\\b.* dead since iteration")
        .contains("lower --learning-rate");
    assertThat(verdict().get("warnings").toString())
        .containsPattern("class(es)? .*\\b" + dead.get(0) + "\\b.* dead since iteration")
        .contains("lower learning-rate");
  }

  @Test
  void badRowsThatAreLeftOutAreWarnedOfInTheFilesToo() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "a,label\n" + "1.5,x\n2.5,y\n".repeat(20) + "wrong,x\n");
    Path test = folder.resolve("test.csv");
    Files.writeString(test, "a,label\n1.5,x\nfalse,y\n2.5,y\n");
    CommandRun run =
        CommandRun.of(
            "train",
            "--train=" + rows,
            "--test=" + test,
            "--label-column=label",
            "--max-bad-rows=1",
            "--iterations=2",
            "--out=" + model());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).containsOnlyOnce("\"wrong\"").containsOnlyOnce("\"false\"");
    JsonArray warnings = verdict().get("warnings").getAsJsonArray();
    assertThat(warnings.get(0).getAsString()).startsWith("1 bad row is left out: ");
    assertThat(warnings.get(0).getAsString()).contains("\"wrong\"");
    assertThat(warnings.get(1).getAsString()).contains("\"false\"");
    assertThat(Files.readString(model().resolve("report.html")))
        .contains("1 bad row is left out: ");
  }

  @Test
  void aColumnWithoutAnyValueIsWarnedOf() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "a,b,label\n1.5,,x\n2.5,NA,y\n");
    CommandRun run =
        CommandRun.of(
            "train", "--train=" + rows, "--missing=mean", "--iterations=1", "--out=" + model());
    assertThat(run.exitCode()).as(run.err()).isZero();
    String warning =
        "no row has a value of feature b, so nothing is learnt of it; leave such columns out";
    assertThat(run.err()).containsOnlyOnce("warning: " + warning);
    assertThat(verdict().get("warnings").getAsJsonArray().get(0).getAsString()).isEqualTo(warning);
  }

  @Test
  void tooManyBadRowsAreListedWithTheirFileAndWhatToDo() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "a,label\n1.5,x\n2.5\n3.5,y\nwrong,x\n");
    CommandRun run =
        CommandRun.of("train", "--train=" + rows, "--max-bad-rows=1", "--out=" + model());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            rows
                + ": more than --max-bad-rows 1 rows are bad: row 2: found 1 column, expected 2 columns; "
                + "row 4, column 1 (a): found \"wrong\", expected a number, or --drop-columns to leave out a column of texts; "
                + "mend the file, or give a larger --max-bad-rows");
  }

  @Test
  void patienceStopsEarlyAndKeepsTheBestWeights() throws IOException {
    CommandRun run =
        train(
            "--train-rows=600",
            "--iterations=400",
            "--validation-fraction=0.3",
            "--patience=5",
            "--activation=identity");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(verdict().get("iterations").getAsInt()).isLessThan(400);
    List<JsonObject> metrics = metrics();
    JsonObject best =
        metrics.stream()
            .min(Comparator.comparingDouble(line -> line.get("validationLoss").getAsDouble()))
            .orElseThrow();
    assertThat(metrics.size() - 1 - best.get("iteration").getAsInt()).isEqualTo(5);
    assertThat(verdict().get("trainLoss").getAsDouble()).isEqualTo(best.get("loss").getAsDouble());
    assertThat(verdict().get("rows").getAsLong()).isBetween(370L, 470L);
  }

  @Test
  void patienceIsRefusedWhereNoRowIsHeldBack() throws IOException {
    CommandRun run = train("--train-rows=20", "--validation-fraction=0.01", "--patience=2");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError())
        .isEqualTo(
            "onehot: --validation-fraction 0.01 holds back none of the 20 rows, but --patience 2"
                + " needs some; raise it");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aTrainingThatHoldsBackNoRowSaysThatThereIsNoValidation() throws IOException {
    CommandRun run = train("--train-rows=20", "--validation-fraction=0.01", "--iterations=1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "warning: --validation-fraction 0.01 holds back none of the 20 rows, so there is no"
                + " validation; raise it");
  }

  @Test
  void aTrainingThatHoldsBackEveryRowIsRefused() {
    CommandRun run = train("--train-rows=3", "--validation-fraction=0.999");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError())
        .isEqualTo("onehot: --validation-fraction 0.999 holds back all 3 rows; lower it");
  }

  @Test
  void toleranceStopsOnceTheLossHardlyFalls() throws IOException {
    CommandRun run = train("--train-rows=500", "--iterations=500", "--tolerance=0.2");
    assertThat(run.exitCode()).isZero();
    assertThat(verdict().get("iterations").getAsInt()).isBetween(10, 200);
    assertThat(verdict().get("stopped").getAsString()).contains("0.2");
  }

  @Test
  void l2PenaltyShrinksTheWeights() throws IOException {
    train("--train-rows=500", "--iterations=30");
    double free = norm(SoftmaxModel.load(model()).weights());
    Path first = folder.resolve("first");
    Files.move(model(), first);
    train("--train-rows=500", "--iterations=30", "--l2=0.1");
    assertThat(norm(SoftmaxModel.load(model()).weights())).isLessThan(0.8 * free);
    JsonObject last = metrics().get(30);
    double expected = 0.05 * Math.pow(norm(SoftmaxModel.load(model()).weights()), 2);
    assertThat(last.get("penalty").getAsDouble()).isEqualTo(expected, within(1e-12));
  }

  @Test
  void anOutputThatIsNotEmptyIsLeftAlone() throws IOException {
    Files.createDirectories(model());
    Files.writeString(model().resolve("precious"), "mine");
    CommandRun run = train("--train-rows=500", "--iterations=1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError()).contains("exists and isn't empty", "precious");
    assertThat(names(model())).containsExactly("precious");
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void anEmptyOutputDirectoryIsFilled() throws IOException {
    Files.createDirectories(model());
    assertThat(train("--train-rows=500", "--iterations=1").exitCode()).isZero();
    assertThat(names(model())).contains("W1.npy");
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    CommandRun run =
        CommandRun.of("train", "--train-rows=500", "--out", file.resolve("model").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError()).contains(file + "/model", "cannot be written");
    assertThat(run.err()).doesNotContain("iteration");
  }

  @Test
  void foldersMadeForAFailedRunAreRemoved() throws IOException {
    Path deep = folder.resolve("a/b/model");
    CommandRun run =
        CommandRun.of("train", "--out", deep.toString(), "--data", folder + "/nowhere");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError()).isEqualTo("onehot: " + folder + "/nowhere: no such folder");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void everythingWrongWithTheSettingsIsSaidOnOneLine() {
    CommandRun run =
        CommandRun.of(
            "train",
            "--iterations=0",
            "--momentum=1",
            "--classes=1",
            "--patience=3",
            "--test=x",
            "--partitions=0");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("--iterations", "--momentum", "--classes", "--patience", "--test")
        .contains("--partitions");
  }

  private CommandRun train(String... options) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out", model().toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private Path model() {
    return folder.resolve("model");
  }

  private JsonObject verdict() throws IOException {
    return JsonParser.parseString(Files.readString(model().resolve("run.json"))).getAsJsonObject();
  }

  private List<JsonObject> metrics() throws IOException {
    return Files.readAllLines(model().resolve("metrics.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private List<Double> losses() throws IOException {
    return metrics().stream().map(line -> line.get("loss").getAsDouble()).toList();
  }

  private static double norm(double[] weights) {
    return Math.sqrt(Arrays.stream(weights).map(w -> w * w).sum());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
