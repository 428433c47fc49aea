package dev.onehot.report.page;

import dev.onehot.evaluate.Evaluation;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes report.html. */
public final class ReportPage {

  /** The file's name in a model directory. */
  public static final String NAME = "report.html";

  /** The most bytes of a page. */
  public static final int MOST_BYTES = 1_000_000;

  private ReportPage() {}

  /**
   * Writes the page. If there is too much to show, it shows fewer and smaller pictures and fewer
   * rows of tables.
   *
   * @throws IOException if writing fails
   */
  public static void write(PageContent content, OutputStream out) throws IOException {
    PageContent limited = Limits.apply(content);
    byte[] page = null;
    for (Detail detail : Detail.LEVELS) {
      page = html(limited, detail).getBytes(StandardCharsets.UTF_8);
      if (page.length <= MOST_BYTES) {
        break;
      }
    }
    out.write(page);
  }

  private static String html(PageContent content, Detail detail) {
    List<String> names = content.classNames();
    SoftmaxModel model = content.weights() == null ? null : content.weights().model();
    PictureSize size = content.weights() == null ? null : content.weights().pictures();
    List<Chart> training = TrainingCharts.of(content.training(), names);
    SideBySide beside = SideBySide.of(content, detail);
    Quality quality = Quality.of(content.tested(), beside == null, detail, names);
    List<Chart> charts = new ArrayList<>(training);
    if (quality != null) {
      charts.add(quality.reliability());
    }
    Map<String, Object> values = new HashMap<>();
    values.put("title", content.title());
    values.put("verdict", content.verdict());
    values.put("warnings", content.warnings());
    values.put("hasWarnings", !content.warnings().isEmpty());
    values.put("training", training.isEmpty() ? null : Map.of("charts", training));
    values.put("templates", Templates.of(content.weights(), detail, names));
    values.put("gate", NightGate.of(content.night()));
    values.put("data", NightData.of(content.night(), model, size, detail));
    values.put("beside", beside);
    values.put("quality", quality);
    List<Examples> examples = examples(content.tested(), size, detail, names);
    values.put("examples", examples);
    values.put("hasExamples", !examples.isEmpty());
    values.put("flipped", Flipped.of(content.compared(), size, detail, names));
    values.put("origin", Origin.of(content.provenance()));
    return Html.page("report", values, charts);
  }

  private static List<Examples> examples(
      PageContent.Tested tested, PictureSize size, Detail detail, List<String> names) {
    if (tested == null || tested.evaluation().nearMisses().isEmpty()) {
      return List.of();
    }
    Evaluation evaluation = tested.evaluation();
    return List.of(
        Examples.of(
            "near-misses",
            "Near misses",
            "Wrong by the least: the label was nearly as probable as what was predicted.",
            evaluation.nearMisses(),
            size,
            detail,
            names),
        Examples.of(
            "confidently-wrong",
            "Confidently wrong",
            "Wrong with the highest probability. Look here for wrong labels.",
            evaluation.confidentlyWrong(),
            size,
            detail,
            names));
  }
}
