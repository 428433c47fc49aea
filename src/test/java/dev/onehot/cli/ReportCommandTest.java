package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

  private static final String ITERATION =
      "{\"iteration\":%d,\"loss\":0.5,\"accuracy\":0.75,\"activeShares\":[1,1],\"milliseconds\":9}\n";

  @TempDir private Path folder;

  @BeforeEach
  void twoRuns() throws IOException {
    model("a", 0.91);
    model("b", 0.93);
  }

  private void model(String name, double testAccuracy) throws IOException {
    Path directory = Files.createDirectory(folder.resolve(name));
    new SoftmaxModel(new double[] {1, 2}, null, Activation.RELU, 1, List.of("0", "1"))
        .save(directory);
    Files.writeString(
        directory.resolve("metrics.jsonl"), ITERATION.formatted(0) + ITERATION.formatted(1));
    Files.writeString(
        directory.resolve("run.json"),
        """
        {"status":"succeeded","iterations":1,"stopped":"all iterations done","trainLoss":0.5,
        "trainAccuracy":0.75,"testLoss":0.5,"testAccuracy":%s,"deadClasses":[]}
        """
            .formatted(testAccuracy));
  }

  private CommandRun report(String... runs) {
    String[] arguments = new String[runs.length + 4];
    arguments[0] = "report";
    arguments[1] = "--out";
    arguments[2] = page().toString();
    arguments[3] = "--runs";
    for (int r = 0; r < runs.length; r++) {
      arguments[4 + r] = folder.resolve(runs[r]).toString();
    }
    return CommandRun.of(arguments);
  }

  private Path page() {
    return folder.resolve("page.html");
  }

  @Test
  void thePageNamesTheBestRunFirst() throws IOException {
    CommandRun outcome = report("a", "b");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsPattern("best run +" + folder.resolve("b") + "\n")
        .containsPattern("page +" + page() + "\n");
    Document html = Jsoup.parse(Files.readString(page()));
    assertThat(html.select(".runs tbody th").eachText())
        .containsExactly("★ " + folder.resolve("b") + " (best)", folder.resolve("a").toString());
    assertThat(html.select("#loss, #accuracy")).hasSize(2);
  }

  @Test
  void aPageThatIsThereIsNotReplaced() throws IOException {
    Files.writeString(page(), "mine");
    CommandRun outcome = report("a", "b");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("onehot: --out " + page() + ": exists already; name a new file\n");
    assertThat(page()).hasContent("mine");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path out = folder.resolve("none/page.html");
    CommandRun outcome =
        CommandRun.of("report", "--runs", folder + "/a", folder + "/b", "--out", out.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("there is no folder").hasLineCount(1);
  }

  @Test
  void oneRunIsNotEnough() {
    CommandRun outcome = report("a");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("onehot: --runs must name 2 to 30 model directories, not 1\n");
  }

  @Test
  void aDirectoryThatIsNoModelIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    CommandRun outcome = report("a", "empty");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains(folder + "/empty: has no model.json").hasLineCount(1);
    assertThat(page()).doesNotExist();
  }

  @Test
  void aRunWithoutMetricsHasItsFiguresButNoCurves() throws IOException {
    Files.delete(folder.resolve("b/metrics.jsonl"));
    assertNoCurves(folder + "/b: has no metrics.jsonl");
    Files.delete(page());
    Files.writeString(folder.resolve("b/metrics.jsonl"), "{\"iteration\":0,\n");
    assertNoCurves(folder + "/b: metrics.jsonl cannot be read (");
  }

  private void assertNoCurves(String warning) throws IOException {
    CommandRun outcome = report("a", "b");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .startsWith("warning: " + warning)
        .contains("its curves are missing")
        .hasLineCount(1);
    assertThat(Files.readString(page())).contains("2 runs side by side");
  }

  @Test
  void aDamagedVerdictIsNamed() throws IOException {
    Files.writeString(folder.resolve("a/run.json"), "[");
    CommandRun outcome = report("a", "b");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains(folder + "/a: run.json cannot be read (").hasLineCount(1);
    assertThat(page()).doesNotExist();
  }

  @Test
  void aRunThatFailedIsRefused() throws IOException {
    Files.writeString(folder.resolve("b/run.json"), "{\"status\":\"failed\"}");
    CommandRun outcome = report("a", "b");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err())
        .contains(folder + "/b: run.json tells of no training that succeeded")
        .hasLineCount(1);
  }
}
