package dev.onehot.report.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.samskivert.mustache.Mustache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a whole page of a template: with its style, its charts, and the script that draws them. The
 * browser is told to load nothing and to run no other script.
 */
final class Html {

  /** Writes {@code <} as an escape, so that no text can end the script element it stands in. */
  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  private Html() {}

  /**
   * The text of a page.
   *
   * @param template the name of a template
   * @param values what the template names
   * @param charts all charts of the page
   */
  static String page(String template, Map<String, Object> values, List<Chart> charts) {
    String script = charts.isEmpty() ? "" : script();
    Map<String, Object> all = new HashMap<>(values);
    all.put("style", resource("uplot/uPlot.min.css") + resource("page.css"));
    all.put("script", script);
    all.put("scriptHash", sha256(script));
    all.put("chartData", JSON.toJson(charts.stream().map(Chart::drawn).toList()));
    all.put("hasCharts", !charts.isEmpty());
    try (Reader text = reader(template)) {
      return Mustache.compiler().nullValue("").withLoader(Html::reader).compile(text).execute(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script() {
    return "/*\n"
        + resource("uplot/LICENSE")
        + "\n*/\n"
        + resource("uplot/uPlot.iife.min.js")
        + resource("charts.js");
  }

  private static String sha256(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static Reader reader(String template) throws FileNotFoundException {
    return new InputStreamReader(stream(template + ".mustache"), StandardCharsets.UTF_8);
  }

  private static InputStream stream(String name) throws FileNotFoundException {
    InputStream in = Html.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name);
    }
    return in;
  }

  private static String resource(String name) {
    try (InputStream in = stream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
