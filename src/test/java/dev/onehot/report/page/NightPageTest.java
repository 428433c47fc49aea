package dev.onehot.report.page;

import static dev.onehot.report.page.ReportPageTest.bytes;
import static dev.onehot.report.page.ReportPageTest.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.report.page.Night.Criterion;
import dev.onehot.report.page.Night.DataChecks;
import dev.onehot.report.page.Night.LabelShare;
import dev.onehot.report.page.Night.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a model that the nightly job made. */
class NightPageTest {

  private static final String ATTACK = "<script>alert(1)</script>\"'&";

  private static PageContent refused(Sample sample) {
    return sample.page(30, 100).withNight(sample.night());
  }

  @ParameterizedTest
  @CsvSource({
    "PROMOTED, ✓ Promoted: the new champion",
    "KEPT, '– Kept, not promoted'",
    "REFUSED, ✗ Refused: the champion stays"
  })
  void whatBecameOfTheModelStandsOnTopWithTheVerdict(Status status, String word)
      throws IOException {
    Document page =
        page(
            PageContent.of("version 7", List.of("It is done."), List.of("0", "1"))
                .withNight(new Night(status, "It is so.", List.of(), null)));
    assertThat(page.select("h1 + .status").text()).isEqualTo(word);
    assertThat(page.select(".status + .verdict").text()).isEqualTo("It is so.");
    assertThat(page.select("section, script")).isEmpty();
  }

  @Test
  void everyCriterionHasItsFigures() throws IOException {
    Document page = page(refused(Sample.classes(10)));
    assertThat(page.select("section:has(#gate) .checks tbody tr").eachText())
        .hasSize(6)
        .startsWith(
            "published files ✓ passed load, and score alike load, and score alike –",
            "dead classes ✓ passed none none –",
            "accuracy ✗ not passed 0.8712 0.9168 0.9268");
    assertThat(page.select("section:has(#gate) td.failed")).hasSize(2);
    assertThat(page.select("section:has(#gate) .reasons li").eachText())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("accuracy 0.8712 is worse than the champion's");
  }

  @Test
  void aSingleReasonStandsOnlyInTheVerdict() throws IOException {
    Night night =
        new Night(
            Status.REFUSED,
            "accuracy 0.1 is below 0.9",
            List.of(new Criterion("accuracy", "0.1", "0.9", null, "accuracy 0.1 is below 0.9")),
            null);
    Document page =
        page(PageContent.of("version 7", List.of(), List.of("0", "1")).withNight(night));
    assertThat(page.select(".reasons")).isEmpty();
    assertThat(page.select(".checks tbody tr").eachText())
        .containsExactly("accuracy ✗ not passed 0.1 0.9 –");
  }

  @Test
  void theRowsOfTheNightStandBesideThoseOfTheChampion() throws IOException {
    Document page = page(refused(Sample.classes(10)));
    assertThat(page.select("section:has(#data) > p").text())
        .isEqualTo("Nothing is wrong with the rows. 2 of 3 tests see drift.");
    assertThat(page.select("section:has(#data) .checks tbody tr").eachText())
        .contains("shares of the classes ! drift 0.0312 0.0100");
    assertThat(page.select(".shares tbody tr").eachText()).hasSize(10).contains("3 10.00 % 5.00 %");
    assertThat(page.select(".shares tbody tr:eq(3) i").eachAttr("style"))
        .containsExactly("--w:94.7%", "--w:47.4%");
    assertThat(page.select("img.drifted")).hasSize(1);
    assertThat(page.select("figure:has(.drifted) figcaption").text())
        .contains("It is above 0.25 for 28 of 784.");
    assertThat(page.select("[aria-label='Features that drifted most'] tbody th").eachText())
        .hasSize(10)
        .allMatch(pixel -> pixel.startsWith("row 3, column "));
  }

  @Test
  void findingsAreNamed() throws IOException {
    DataChecks data = new DataChecks(List.of("class 3 has no rows"), List.of(), List.of(), null);
    Document page =
        page(
            PageContent.of("version 7", List.of(), List.of("0", "1"))
                .withNight(new Night(Status.KEPT, "It is so.", List.of(), data)));
    assertThat(page.select("section:has(#data) > p").text())
        .isEqualTo("The rows are not as they were.");
    assertThat(page.select("section:has(#data) li").eachText())
        .containsExactly("class 3 has no rows");
  }

  @Test
  void withoutPicturesTheFeaturesHaveNumbers() throws IOException {
    double[] drift = {0, 0.5, Double.NaN, 0.1, Double.POSITIVE_INFINITY};
    DataChecks data =
        new DataChecks(
            List.of(), List.of(), List.of(), new Night.FeatureDrift("index", drift, 0.25));
    Document page =
        page(
            PageContent.of("version 7", List.of(), List.of("0", "1"))
                .withNight(new Night(Status.KEPT, "It is so.", List.of(), data)));
    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("[aria-label='Features that drifted most'] tbody tr").eachText())
        .containsExactly("4 Infinity", "1 0.5", "3 0.1");
  }

  @Test
  void challengerAndChampionStandSideBySide() throws IOException {
    Sample sample = Sample.classes(10);
    Comparison comparison = sample.comparison(20);
    Evaluation own = sample.evaluation();
    Document page =
        page(
            PageContent.of("version 7", List.of(), sample.model().classNames())
                .withEvaluation("rows of a test", own)
                .withComparison("the champion, version 6", comparison)
                .withNight(sample.night()));
    assertThat(page.select("[aria-label='Challenger and champion'] tbody tr").eachText())
        .contains(
            String.format(
                Locale.ROOT,
                "accuracy %.2f %% %.2f %% %+.2f",
                100 * own.accuracy(),
                100 * comparison.other().accuracy(),
                100 * (own.accuracy() - comparison.other().accuracy())),
            "log loss 0.2712 0.2712 0.0000",
            "rows that it alone has right 120 80 +40");
    assertThat(page.select("section:has(#beside) .card").first().text())
        .endsWith("McNemar's test (exact binomial) gives p = 0.0057.");
    assertThat(page.select("[aria-label='Recall of each class'] tbody tr")).hasSize(10);
    assertThat(page.select("figure:has(.confusion) h3").eachText())
        .containsExactly("Confusion matrix of the challenger", "Confusion matrix of the champion");
    assertThat(page.select("figure:has(.confusion)").last().select("tbody tr td").get(1).text())
        .isEqualTo(Long.toString(comparison.other().confusion().counts()[0][1]));
  }

  @Test
  void aFirstNightHasNoChampionBesideIt() throws IOException {
    Sample sample = Sample.classes(10);
    Document page =
        page(
            PageContent.of("version 1", List.of(), sample.model().classNames())
                .withEvaluation("rows", sample.evaluation())
                .withNight(new Night(Status.PROMOTED, "It is the first.", List.of(), null)));
    assertThat(page.select("#beside, #data")).isEmpty();
    assertThat(page.select("figure:has(.confusion) h3").text()).isEqualTo("Confusion matrix");
  }

  @Test
  void namesOfUsersAreText() throws IOException {
    Night night =
        new Night(
            Status.REFUSED,
            ATTACK,
            Collections.nCopies(2, new Criterion(ATTACK, ATTACK, ATTACK, ATTACK, ATTACK)),
            new DataChecks(
                List.of(ATTACK),
                List.of(new Night.Check(ATTACK, ATTACK, ATTACK, false)),
                List.of(new LabelShare(ATTACK, 1, 0)),
                new Night.FeatureDrift(ATTACK, new double[] {1}, 0)));
    Document page =
        page(PageContent.of("version 7", List.of(), List.of("0", "1")).withNight(night));
    assertThat(page.select("script")).isEmpty();
    assertThat(page.text()).contains(ATTACK).doesNotContain("&lt;");
    assertThat(page.select("[data-head=champion]").eachText()).contains(ATTACK);
  }

  @Test
  void thePageIsWellFormedAndItsIdsAreItsOwn() throws IOException {
    Parser parser = Parser.htmlParser().setTrackErrors(10);
    String html = new String(bytes(refused(Sample.classes(10))), StandardCharsets.UTF_8);
    Document page = Jsoup.parse(html, "", parser);
    assertThat(parser.getErrors()).isEmpty();
    assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    assertThat(page.select("img")).allSatisfy(img -> assertThat(img.attr("alt")).isNotBlank());
    for (String element : List.of("section", "figure", "table", "ul", "div", "tr", "td", "p")) {
      assertThat(html.split("<" + element + "[ >]", -1))
          .as(element)
          .hasSameSizeAs(html.split("</" + element + ">", -1));
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 28, 400000", "256, 64, 1000000", "2000, 16, 1000000"})
  void aPageStaysSmall(int classes, int side, int most) throws IOException {
    assertThat(bytes(refused(Sample.classes(classes).pictures(side, side)))).hasSizeLessThan(most);
  }

  @Test
  void longTextsAreCut() throws IOException {
    String text = "&".repeat(100_000);
    List<LabelShare> shares = new ArrayList<>();
    for (int c = 0; c < 5_000; c++) {
      shares.add(new LabelShare(text, 0.1, 0.2));
    }
    Night night =
        new Night(
            Status.REFUSED,
            text,
            Collections.nCopies(1000, new Criterion(text, text, text, text, text)),
            new DataChecks(
                Collections.nCopies(1000, text),
                Collections.nCopies(1000, new Night.Check(text, text, text, false)),
                shares,
                null));
    assertThat(bytes(PageContent.of("7", List.of(), List.of("0", "1")).withNight(night)))
        .hasSizeLessThan(ReportPage.MOST_BYTES);
  }
}
