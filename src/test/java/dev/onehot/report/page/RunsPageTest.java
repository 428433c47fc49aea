package dev.onehot.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.onehot.report.page.Run.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class RunsPageTest {

  private static Run run(String name, int iterations, Score test, Map<String, String> settings) {
    return new Run(
        name,
        Sample.provenance(settings, "../mnist"),
        Sample.classes(10).history(iterations),
        iterations,
        "all iterations done",
        new Score(0.93, 0.25),
        test,
        settings.getOrDefault("test", "any"),
        List.of(),
        List.of(),
        3.4,
        9.6);
  }

  private static String html(List<Run> runs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RunsPage.write(runs, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theBestRunStandsFirstAndIsMarked() throws IOException {
    Document page =
        Jsoup.parse(
            html(
                List.of(
                    run("models/a", 30, new Score(0.92, 0.28), Map.of()),
                    run("models/b", 30, new Score(0.925, 0.29), Map.of()),
                    run("models/c", 30, new Score(0.925, 0.27), Map.of()))));
    assertThat(page.select(".runs tbody th").eachText())
        .containsExactly("★ models/c (best)", "models/b", "models/a");
    assertThat(page.select(".verdict").eachText())
        .containsExactly(
            "models/c is the best: it predicts 92.50 % of its test rows right.",
            "The next one has the same accuracy.");
  }

  @Test
  void runsThatWereTestedOnOtherRowsAreNotComparedSilently() throws IOException {
    Score score = new Score(0.9, 0.3);
    String different = "They were not all tested on the same rows";
    assertThat(
            html(
                List.of(
                    run("a", 3, score, Map.of("test", "x")),
                    run("b", 3, score, Map.of("test", "y")))))
        .contains(different);
    assertThat(html(List.of(run("a", 3, score, Map.of()), run("b", 3, score, Map.of()))))
        .doesNotContain(different);
  }

  @Test
  void withoutTestRowsTheRowsHeldBackDecide() throws IOException {
    List<Run> runs =
        List.of(
            run("models/short", 3, null, Map.of()),
            run("models/long", 60, new Score(0.1, 2.3), Map.of()));
    assertThat(Jsoup.parse(html(runs)).select(".verdict").first().text())
        .startsWith("models/long is the best: it predicts ")
        .endsWith(" of its rows held back right.");
  }

  @Test
  void onlySettingsThatDifferAreShown() throws IOException {
    Document page =
        Jsoup.parse(
            html(
                List.of(
                    run("a", 5, null, Map.of("optimizer", "adam", "seed", "1", "out", "a")),
                    run("b", 5, null, Map.of("optimizer", "adam", "seed", "2", "out", "b")))));
    assertThat(page.select("[aria-label='What differs'] tbody tr").eachText())
        .containsExactly("seed 1 2");
  }

  @Test
  void runsOfDifferentLengthShareTheirCharts() throws IOException {
    Document page =
        Jsoup.parse(html(List.of(run("a", 30, null, Map.of()), run("b", 10, null, Map.of()))));
    JsonArray charts =
        JsonParser.parseString(page.select("script#charts").first().data()).getAsJsonArray();
    assertThat(charts).hasSize(4);
    JsonArray curves = charts.get(3).getAsJsonObject().getAsJsonArray("curves");
    assertThat(curves).hasSize(2);
    assertThat(curves.get(1).getAsJsonObject().getAsJsonArray("y")).hasSize(31);
    assertThat(curves.get(1).getAsJsonObject().getAsJsonArray("y").get(30).isJsonNull()).isTrue();
  }

  @Test
  void aNameOfADirectoryIsText() throws IOException {
    String attack = "</script><script>alert(1)</script>";
    Document page =
        Jsoup.parse(html(List.of(run(attack, 3, null, Map.of()), run("b", 3, null, Map.of()))));
    assertThat(page.select("script")).hasSize(2);
    assertThat(page.text()).contains(attack);
  }

  @Test
  void manyLongRunsStaySmall() throws IOException {
    List<Run> runs =
        IntStream.range(0, RunsPage.MOST_RUNS)
            .mapToObj(
                i ->
                    run(
                        "models/" + "long name".repeat(20) + i,
                        2000,
                        null,
                        Map.of("seed", Integer.toString(i))))
            .toList();
    assertThat(html(runs).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(ReportPage.MOST_BYTES);
  }
}
