package dev.onehot.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.onehot.model.Json;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingState;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads metrics.jsonl: one JSON object on each line, one line for each iteration. */
public final class MetricsLog implements TrainingListener, Closeable {

  /** The file's name in a model directory. */
  public static final String NAME = "metrics.jsonl";

  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  private final Writer out;

  public MetricsLog(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public void started(TrainingState state) {
    state.history().forEach(this::measured);
  }

  /**
   * @throws UncheckedIOException if the line cannot be written
   */
  @Override
  public void measured(IterationMetrics metrics) {
    try {
      out.write(JSON.toJson(metrics) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the lines of a metrics.jsonl.
   *
   * @throws JsonParseException if a line is no JSON of an iteration, or not of the next one
   * @throws IOException if reading fails
   */
  public static List<IterationMetrics> read(Reader lines) throws IOException {
    List<IterationMetrics> history = new ArrayList<>();
    BufferedReader in = new BufferedReader(lines);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String text = line;
      IterationMetrics metrics = Json.read(() -> JSON.fromJson(text, IterationMetrics.class));
      if (metrics == null
          || metrics.activeShares() == null
          || metrics.iteration() != history.size()) {
        throw new JsonParseException(
            "line " + (history.size() + 1) + " is not iteration " + history.size());
      }
      history.add(metrics);
    }
    return history;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
