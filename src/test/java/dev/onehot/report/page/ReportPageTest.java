package dev.onehot.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

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
}
