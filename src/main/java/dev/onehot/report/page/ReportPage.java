package dev.onehot.report.page;

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

  private ReportPage() {}

  /**
   * Writes the page.
   *
   * @throws IOException if writing fails
   */
  public static void write(PageContent content, OutputStream out) throws IOException {
    out.write(html(content).getBytes(StandardCharsets.UTF_8));
  }

  private static String html(PageContent content) {
    List<Chart> training = TrainingCharts.of(content.training(), content.classNames());
    List<Chart> charts = new ArrayList<>(training);
    Map<String, Object> values = new HashMap<>();
    values.put("title", content.title());
    values.put("verdict", content.verdict());
    values.put("warnings", content.warnings());
    values.put("hasWarnings", !content.warnings().isEmpty());
    values.put("training", section(training));
    values.put("origin", Origin.of(content.provenance()));
    return Html.page("report", values, charts);
  }

  /** What the template names, or nothing if the section is left out. */
  private static Object section(List<?> items) {
    return items.isEmpty() ? List.of() : Map.of("charts", items);
  }
}
