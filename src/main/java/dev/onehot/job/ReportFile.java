package dev.onehot.job;

import dev.onehot.model.ModelFiles;
import dev.onehot.report.page.PageContent;
import dev.onehot.report.page.ReportPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes report.html. A page that cannot be made is a warning, and no failure of the job. */
final class ReportFile {

  private ReportFile() {}

  /**
   * Writes the page, or leaves it out with a warning.
   *
   * @param files opens the file
   * @throws IOException if the file cannot be written
   */
  static void write(PageContent content, ModelFiles.NewFiles files, Consumer<String> warnings)
      throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      ReportPage.write(content, page);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      warnings.accept(
          String.format(
              Locale.ROOT,
              "%s is left out, as it could not be made (%s); all other files are complete",
              ReportPage.NAME,
              e));
      return;
    }
    try (OutputStream out = files.open(ReportPage.NAME)) {
      page.writeTo(out);
    }
  }
}
