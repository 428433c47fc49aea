package dev.onehot.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.IterationMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPageTest {

  private static final String ATTACK = "<script>alert(1)</script>\"'&";

  static byte[] bytes(PageContent content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportPage.write(content, out);
    return out.toByteArray();
  }

  static Document page(PageContent content) throws IOException {
    return Jsoup.parse(new String(bytes(content), StandardCharsets.UTF_8));
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    Document page = page(Sample.classes(10).page(30, 100));
    assertThat(page.select("[src], [href]"))
        .isNotEmpty()
        .allSatisfy(
            element ->
                assertThat(element.attr(element.hasAttr("src") ? "src" : "href"))
                    .startsWith("data:"));
    assertThat(page.select("style").first().data())
        .doesNotContain("url(")
        .doesNotContain("@import");
    assertThat(page.select("meta[http-equiv]").attr("content")).startsWith("default-src 'none'");
  }

  @Test
  void namesAndPathsOfUsersAreText() throws IOException {
    Sample sample = Sample.named("0", "1", "2", ATTACK);
    Document page =
        page(
            PageContent.of(ATTACK, List.of(ATTACK), List.of("0", "1", "2", ATTACK))
                .withWarnings(List.of(ATTACK))
                .withTraining(sample.history(5), List.of(ATTACK))
                .withModel(sample.model(), sample.size())
                .withEvaluation(ATTACK, sample.evaluation())
                .withComparison(ATTACK, sample.comparison(10))
                .withProvenance(Sample.provenance(Map.of(ATTACK, ATTACK), ATTACK)));
    assertThat(page.select("script")).hasSize(2);
    assertThat(page.select("h1").text()).isEqualTo(ATTACK);
    assertThat(page.select("script#charts").first().data())
        .doesNotContain("<")
        .contains("\\u003cscript\\u003ealert(1)");
    assertThat(page.text()).contains(ATTACK).doesNotContain("&lt;");
    assertThat(page.getAllElements())
        .allSatisfy(
            (Element element) ->
                assertThat(element.attributes())
                    .noneSatisfy(attribute -> assertThat(attribute.getKey()).startsWith("on")));
  }

  @Test
  void aPageWithAVerdictAloneNeedsNoScript() throws IOException {
    Document page = page(PageContent.of("a run", List.of("It is done."), List.of("0", "1")));
    assertThat(page.select("script, section, figure")).isEmpty();
    assertThat(page.select(".verdict").text()).isEqualTo("It is done.");
  }

  @Test
  void everyFigureOfTheConfusionMatrixIsThere() throws IOException {
    Sample sample = Sample.classes(10);
    Evaluation evaluation = sample.evaluation();
    Document page =
        page(
            PageContent.of("a run", List.of("It is done."), sample.model().classNames())
                .withEvaluation("rows", evaluation));
    long[][] counts = evaluation.confusion().counts();
    for (int a = 0; a < counts.length; a++) {
      assertThat(page.select(".confusion tbody tr").get(a).select("td").eachText())
          .containsExactly(
              Arrays.stream(counts[a]).mapToObj(Long::toString).toArray(String[]::new));
    }
    assertThat(page.select("dl.figures").text())
        .contains(
            String.format(Locale.ROOT, "accuracy %.2f %%", 100 * evaluation.accuracy()),
            "log loss 0.2712",
            "undecided rows 3",
            String.format(Locale.ROOT, " rows %,d", evaluation.rows()));
  }

  @Test
  void aConfusionMatrixOfWeightsSaysThatItIsOne() throws IOException {
    String note = "sums of the rows' weights";
    for (int classes : new int[] {10, 256}) {
      Evaluation evaluation = Sample.classes(classes).evaluation();
      assertThat(textOf(evaluation, classes))
          .doesNotContain(note)
          .contains("mean weighted by rows");
      assertThat(textOf(weighted(evaluation), classes))
          .contains(note)
          .contains("mean weighted by weights");
    }
  }

  private String textOf(Evaluation evaluation, int classes) throws IOException {
    return page(PageContent.of("a run", List.of(), Sample.classes(classes).model().classNames())
            .withEvaluation("rows", evaluation))
        .text();
  }

  /** The same rows, each of weight 0.5. */
  private static Evaluation weighted(Evaluation evaluation) {
    long[][] counts = evaluation.confusion().counts();
    double[][] weights =
        Arrays.stream(counts)
            .map(row -> Arrays.stream(row).mapToDouble(count -> 0.5 * count).toArray())
            .toArray(double[][]::new);
    return new Evaluation(
        evaluation.loss(),
        evaluation.secondRight(),
        evaluation.undecidedRows(),
        new ConfusionMatrix(counts, weights),
        evaluation.calibration(),
        evaluation.nearMisses(),
        evaluation.confidentlyWrong());
  }

  @Test
  void manyClassesAreShownByTheirMostConfusedPairs() throws IOException {
    Document page = page(Sample.classes(256).page(3, 5));
    assertThat(page.select(".confusion")).isEmpty();
    assertThat(page.select("img.matrix")).hasSize(1);
    assertThat(page.select("[aria-label='Pairs of classes'] tbody tr")).hasSize(40);
  }

  @Test
  void theCurvesOfTheTrainingAreDrawnAndToldInNumbersAndInWords() throws IOException {
    Sample sample = Sample.classes(10);
    List<IterationMetrics> history = sample.history(30);
    Document page =
        page(
            PageContent.of("a run", List.of("It is done."), sample.model().classNames())
                .withTraining(history, List.of("3")));
    JsonArray charts =
        JsonParser.parseString(page.select("script#charts").first().data()).getAsJsonArray();
    assertThat(charts)
        .extracting(chart -> chart.getAsJsonObject().get("id").getAsString())
        .containsExactly("loss", "accuracy", "learning-rate", "active-share", "time")
        .allSatisfy(id -> assertThat(page.select("#" + id + "[role=img]")).hasSize(1));
    assertThat(page.select("#loss").attr("aria-label"))
        .startsWith("Loss over the iterations: training rows from 2.3 to ")
        .contains("rows held back from 2.32 to ");
    JsonArray drawn =
        charts
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("curves")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("y");
    assertThat(drawn).hasSize(31);
    assertThat(drawn.get(7).getAsDouble()).isCloseTo(history.get(7).loss(), within(1e-4));
    assertThat(page.select("figure:has(#loss) tbody tr")).hasSize(31);
    assertThat(page.select("figure:has(#active-share) thead").text()).contains("3 (dead)");
  }

  @Test
  void theFirstIterationDoesNotHideTheTimesOfTheOthers() throws IOException {
    Sample sample = Sample.classes(2);
    List<IterationMetrics> history = new ArrayList<>(sample.history(5));
    IterationMetrics first = history.get(0);
    history.set(
        0,
        new IterationMetrics(
            0, first.loss(), 0, 0.5, 1, 1, 0, 0, first.activeShares(), null, null, 1500));
    Document page =
        page(
            PageContent.of("a run", List.of("It is done."), sample.model().classNames())
                .withTraining(history, List.of()));
    assertThat(page.select("figure:has(#time) figcaption").text())
        .endsWith("The first one, of 1,500 ms, is not drawn, as it would hide the others.");
    assertThat(page.select("figure:has(#time) tbody tr").first().text()).isEqualTo("0 1500");
    assertThat(page.select("#time").attr("aria-label")).contains("highest 1500");
  }

  @Test
  void tablesStandOpenWhereNoScriptCanDrawTheCharts() throws IOException {
    assertThat(page(Sample.classes(10).page(30, 10)).select("details"))
        .isNotEmpty()
        .allSatisfy(details -> assertThat(details.hasAttr("open")).isTrue());
  }

  @Test
  void everyPictureHasAText() throws IOException {
    Document page = page(Sample.classes(10).page(5, 100));
    assertThat(page.select("img")).hasSize(10 + 24 + 24 + 48);
    assertThat(page.select("img")).allSatisfy(img -> assertThat(img.attr("alt")).isNotBlank());
  }

  @Test
  void rowsThatAreNoPicturesStandInTables() throws IOException {
    Sample sample = Sample.classes(3).pictures(1, 4);
    Document page =
        page(
            PageContent.of("a run", List.of("It is done."), sample.model().classNames())
                .withModel(sample.model(), null)
                .withEvaluation("rows", sample.evaluation()));
    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("#near-misses tbody tr")).hasSize(24);
    assertThat(page.select("[aria-label='Largest weights'] tbody")).hasSize(3);
  }

  @Test
  void theLargestWeightsOfEachClassAreNamedAndDrawnAsBars() throws IOException {
    SoftmaxModel model =
        new SoftmaxModel(
                new double[] {1, -1, 0, 0, -4, 4, 2, -2, 0.5, 0, 3, 0, 0.25, 0, 0.1, 0},
                null,
                Activation.RELU,
                1,
                List.of("no", "yes"))
            .withFeatureNames(List.of("a", "b", "<c>", "d", "e", "f", "g", "h".repeat(100)));
    Document page =
        page(
            PageContent.of("a run", List.of("It is done."), model.classNames())
                .withModel(model, null));
    Elements classes = page.select("[aria-label='Largest weights'] tbody");
    assertThat(classes.get(0).select("tr").eachText())
        .containsExactly("no", "f 3", "d 2", "a 1", "e 0.5", "g 0.25", "<c> -4");
    assertThat(classes.get(1).select("tr").eachText())
        .containsExactly("yes", "<c> 4", "a -1", "d -2");
    assertThat(classes.get(0).select("i").eachAttr("class"))
        .containsExactly("for", "for", "for", "for", "for", "against");
    assertThat(classes.get(0).select("i").first().attr("style")).isEqualTo("--w:75.0%");
  }

  @Test
  void aPageOfAThousandClassesAndVeryManyFeaturesStaysSmall() throws IOException {
    int classes = 1000;
    int features = 20_000;
    Sample sample = Sample.classes(classes);
    SoftmaxModel model =
        new SoftmaxModel(
                new SplittableRandom(3).doubles((long) features * classes, -1, 1).toArray(),
                null,
                Activation.RELU,
                1,
                sample.model().classNames())
            .withFeatureNames(
                IntStream.range(0, features).mapToObj(j -> "&".repeat(200) + j).toList());
    PageContent content = sample.page(100, 1000).withModel(model, null);
    assertThat(bytes(content)).hasSizeLessThan(ReportPage.MOST_BYTES);
    Document page = page(content);
    assertThat(page.select("[aria-label='Largest weights'] tbody")).hasSize(30);
    assertThat(page.select("section:has(#templates)").text())
        .contains("The first 30 of 1,000 classes.");
    assertThat(page.select("section:has(#templates) img")).isEmpty();
    assertThat(page.select(".confusion")).isEmpty();
  }

  @Test
  void thePageIsWellFormed() throws IOException {
    Parser parser = Parser.htmlParser().setTrackErrors(10);
    String html = new String(bytes(Sample.classes(10).page(30, 100)), StandardCharsets.UTF_8);
    Jsoup.parse(html, "", parser);
    assertThat(parser.getErrors()).isEmpty();
    for (String element : List.of("section", "figure", "details", "table", "ul", "dl", "div")) {
      assertThat(html.split("<" + element + "[ >]", -1))
          .as(element)
          .hasSameSizeAs(html.split("</" + element + ">", -1));
    }
  }

  @Test
  void theIdsOfAPageAreItsOwn() throws IOException {
    assertThat(page(Sample.classes(10).page(5, 10)).select("[id]").eachAttr("id"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 28, 30, 200, 300000",
    "256, 64, 1000, 1000, 1000000",
    "40, 256, 1000, 1000, 1000000",
    "2000, 16, 50, 1000, 1000000"
  })
  void aPageStaysSmall(int classes, int side, int iterations, int flipped, int most)
      throws IOException {
    PageContent content = Sample.classes(classes).pictures(side, side).page(iterations, flipped);
    assertThat(bytes(content)).hasSizeLessThan(most);
  }

  @Test
  void longTextsAreCut() throws IOException {
    String text = "&".repeat(1_000_000);
    PageContent content =
        PageContent.of(text, Collections.nCopies(1000, text), List.of(text, text))
            .withWarnings(Collections.nCopies(1000, text))
            .withProvenance(Sample.provenance(Map.of(text, text), text));
    assertThat(bytes(content)).hasSizeLessThan(ReportPage.MOST_BYTES);
    assertThat(page(content).select(".warnings li")).hasSize(21);
  }
}
