package dev.onehot.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.Gson;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A model.onnx in onnxruntime. */
public final class OnnxScorer implements AutoCloseable {

  private final OrtSession session;
  private final OrtEnvironment environment;

  /**
   * @param onnx the content of the file
   */
  public OnnxScorer(byte[] onnx) throws OrtException {
    environment = OrtEnvironment.getEnvironment();
    session = environment.createSession(onnx);
  }

  /**
   * What the model says of N rows.
   *
   * @param labels N classes
   * @param probabilities N × C, row after row
   */
  public record Scores(long[] labels, float[] probabilities) {}

  /**
   * Scores rows.
   *
   * @param features N × F, row after row
   */
  public Scores score(float[] features, int rows, int width) throws OrtException {
    long[] shape = {rows, width};
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(features), shape);
        OrtSession.Result result = session.run(Map.of("features", input))) {
      FloatBuffer probabilities = tensor(result, "probabilities").getFloatBuffer();
      Scores scores =
          new Scores(labels(tensor(result, "label")), new float[probabilities.remaining()]);
      probabilities.get(scores.probabilities());
      return scores;
    }
  }

  /** Names as the numbers of the classes. */
  private long[] labels(OnnxTensor labels) throws OrtException {
    if (labels.getInfo().type == OnnxJavaType.STRING) {
      return Arrays.stream((String[]) labels.getValue()).mapToLong(names()::indexOf).toArray();
    }
    LongBuffer numbers = labels.getLongBuffer();
    long[] all = new long[numbers.remaining()];
    numbers.get(all);
    return all;
  }

  private List<String> names() throws OrtException {
    String json = session.getMetadata().getCustomMetadata().get("class_names");
    return List.of(new Gson().fromJson(json, String[].class));
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  OrtSession session() {
    return session;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
