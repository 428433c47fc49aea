package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.report.Display;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class SettingsFileTest {

  private static final Pattern COMMENTED_KEY = Pattern.compile("#([a-z0-9-]+) =(.*)");

  @ParameterizedTest
  @CsvSource({"train, conf/onehot.properties", "nightly, conf/nightly.properties"})
  void shippedFileNamesEveryKeyWithItsDefault(String command, String file) throws IOException {
    Map<String, String> shipped = new TreeMap<>();
    for (String line : Files.readAllLines(ProjectHome.resolve(file))) {
      Matcher matcher = COMMENTED_KEY.matcher(line);
      if (matcher.matches()) {
        shipped.put(matcher.group(1), matcher.group(2).strip());
      }
    }
    CommandLine all = CommandLineApplication.commandLine(System.out, System.err, Display.log());
    Map<String, String> defaults = new TreeMap<>();
    for (OptionSpec option : all.getSubcommands().get(command).getCommandSpec().options()) {
      String key = SettingsFile.key(option);
      if (!List.of("config", "stacktrace", "quiet", "verdict", "help", "version").contains(key)) {
        defaults.put(key, option.defaultValue() == null ? "" : option.defaultValue());
      }
    }
    assertThat(shipped).isEqualTo(defaults).isNotEmpty();
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestName(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), "learning-rat = 0.1\n");
    CommandRun outcome = CommandRun.of("train", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "onehot: %s: unknown key learning-rat; did you mean learning-rate?\n".formatted(file));
  }

  @Test
  void everyUnknownKeyIsNamedAtOnce(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), "iteration = 1\nmomentun=2\n");
    CommandRun outcome = CommandRun.of("train", "--config=" + file);
    assertThat(outcome.err()).contains("iteration;", "momentun;").hasLineCount(1);
  }

  @Test
  void aWrongValueInTheFileIsTracedToTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), "iterations = many\n");
    CommandRun outcome = CommandRun.of("train", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--iterations", "many", file.toString()).hasLineCount(1);
  }

  @Test
  void theFileIsUtf8WithOrWithoutAByteOrderMark(@TempDir Path folder) throws IOException {
    for (String mark : new String[] {"", "\uFEFF"}) {
      Path file = Files.writeString(folder.resolve("my.properties"), mark + "iterations = é日本\n");
      assertThat(CommandRun.of("train", "--config", file.toString()).err())
          .contains("'é日本'")
          .hasLineCount(1);
    }
  }

  @Test
  void aFileInAnotherEncodingIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my.properties");
    Files.writeString(file, "out = modèle\n", StandardCharsets.ISO_8859_1);
    CommandRun outcome = CommandRun.of("train", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("my.properties: is not in UTF-8").hasLineCount(1);
  }

  @Test
  void aPathThatTheJvmCouldNotDecodeIsRefused() {
    CommandRun outcome = CommandRun.of("train", "--out", "mod\uFFFD\uFFFDle");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--out", "is garbled", "LC_ALL=C.UTF-8").hasLineCount(1);
  }

  @Test
  void aMissingFileIsRefused() {
    CommandRun outcome = CommandRun.of("train", "--config", "/no/such.properties");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--config /no/such.properties").hasLineCount(1);
  }

  @Test
  void theFileMayLieWhereASettingOfSparkLeads(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), "iterations = -1\n");
    CommandRun outcome =
        SparkSettings.with(
            Map.of("spark.hadoop.fs.keyed.impl", KeyedFileSystem.class.getName()),
            () -> CommandRun.of("train", "--config", "keyed://bucket" + file));
    assertThat(outcome.err()).startsWith("onehot: --iterations must be at least 1, not -1");
  }

  @Test
  void theCommandLineWinsOverTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), "iterations = -1\nwarmup = -2");
    CommandRun outcome = CommandRun.of("train", "--config", file.toString(), "--iterations", "-7");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("--iterations must be at least 1, not -7", "--warmup must be 0 or more")
        .hasLineCount(1);
  }

  @Test
  void unknownOptionsAndCommandsAreRefusedWithTheNearestName() {
    assertThat(CommandRun.of("train", "--learningrate", "1").err())
        .startsWith("onehot: unknown option --learningrate; did you mean --learning-rate?")
        .hasLineCount(1);
    assertThat(CommandRun.of("train", "--label", "kind").err())
        .startsWith("onehot: unknown option --label; did you mean --label-column?")
        .hasLineCount(1);
    assertThat(CommandRun.of("trian").err())
        .startsWith("onehot: unknown command trian; did you mean train?")
        .hasLineCount(1);
    assertThat(CommandRun.of("train", "--optimizer", "sgd").exitCode()).isEqualTo(2);
  }

  @Test
  void aNameThatIsNotNearIsNotGuessed() {
    for (String option : new String[] {"--frobnicate", "--beam-width", "--hidden"}) {
      assertThat(CommandRun.of("train", option, "1").err())
          .startsWith("onehot: unknown option " + option + " (")
          .doesNotContain("did you mean");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, --iterations",
    "--max_iter, --iterations",
    "--max-iter=5, --iterations",
    "--maxIter, --iterations",
    "--lr, --learning-rate",
    "-lr, --learning-rate",
    "--learning_rate, --learning-rate",
    "--Learning-Rate=1, --learning-rate",
    "--learningRate, --learning-rate",
    "--alpha, --l2",
    "--C, --l2",
    "--regParam, --l2",
    "--weight_decay, --l2",
    "--tol, --tolerance",
    "--random_state, --seed",
    "--n_iter_no_change, --patience",
    "--validation_split, --validation-fraction",
    "--fitIntercept, --bias",
    "--input, --data",
    "--output, --out",
    "-o, --out",
    "--rows, --train-rows",
    "--resume, --checkpoint-dir"
  })
  void whatOtherProgramsCallAnOptionIsAnswered(String option, String here) {
    assertThat(CommandRun.of("train", option, "1").err())
        .contains("; did you mean " + here + "?")
        .hasLineCount(1);
  }

  @Test
  void theSameNameMeansWhatTheCommandHas() {
    assertThat(CommandRun.of("generate", "--out=x", "--num-rows=5").err())
        .contains("; did you mean --rows?");
    assertThat(CommandRun.of("fetch-mnist", "--out=x", "--epochs=5").err())
        .doesNotContain("did you mean");
  }

  @ParameterizedTest
  @CsvSource({
    "--batch-size, training is full-batch",
    "--batch_size, training is full-batch",
    "--n-jobs, --master 'local[N]'",
    "--verbose, ONEHOT_LOG_LEVEL=info"
  })
  void anOptionThatHasNoneInItsPlaceIsExplained(String option, String answer) {
    assertThat(CommandRun.of("train", option, "32").err())
        .startsWith("onehot: unknown option " + option + "; ")
        .contains(answer)
        .doesNotContain("did you mean")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "epochs = 3, iterations",
    "max_iter: 3, iterations",
    "learning_rate = 1, learning-rate",
    "ITERATIONS = 3, iterations",
    "--iterations = 3, iterations",
    "lr, learning-rate"
  })
  void keysOfOtherProgramsAreAnsweredLikewise(String line, String here, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), line + "\n");
    CommandRun outcome = CommandRun.of("train", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).endsWith("; did you mean " + here + "?\n").hasLineCount(1);
  }

  @Test
  void anUnknownKeyIsRefusedEvenWithoutAValue(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), "frobnicate =\nbeam-width\n");
    CommandRun outcome = CommandRun.of("train", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "onehot: %1$s: unknown key beam-width; %1$s: unknown key frobnicate\n".formatted(file));
  }

  @ParameterizedTest
  @CsvSource({"train, registry", "train, days", "nightly, out", "nightly, checkpoint-dir"})
  void aKeyOfAnotherCommandIsRefused(String command, String key, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), key + " = 3\n");
    CommandRun outcome = CommandRun.of(command, "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("onehot: " + file + ": unknown key " + key);
  }

  @Test
  void aKeyThatIsGivenTwiceIsRefused(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.properties"), "iterations = 3\nseed=1\niterations 5\n");
    CommandRun outcome = CommandRun.of("train", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "onehot: %s: key iterations stands there more than once; keep one\n".formatted(file));
  }

  @Test
  void blanksAroundAValueAndAMissingEqualsSignDoNoHarm(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.properties"), "iterations = -3  \t\nwarmup -2\nseed =\ndata=\n");
    CommandRun outcome = CommandRun.of("train", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "onehot: --iterations must be at least 1, not -3; --warmup must be 0 or more iterations, not -2\n");
  }
}
