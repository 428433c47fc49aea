package dev.onehot.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.annotations.JsonAdapter;
import dev.onehot.evaluate.Calibration;
import dev.onehot.evaluate.ClassMetrics;
import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.FlippedRow;
import dev.onehot.evaluate.McNemarTest;
import dev.onehot.model.OneLineJson;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An evaluation as evaluation.json.
 *
 * @param model the model's directory, without secrets
 * @param w1Sha256 SHA-256 over the model's W1
 * @param data the rows' source, without secrets
 * @param rows the number of rows
 * @param logLoss the mean cross-entropy, in nats
 * @param weight the sum of the rows' weights, which all shares and means are of; left out if rows
 *     have none
 * @param confusionMatrix {@code [actual][predicted]} rows
 * @param weightedConfusionMatrix {@code [actual][predicted]} sums of weights; left out if rows have
 *     none
 * @param against the comparison with another model; left out without one
 */
public record EvaluationFile(
    String model,
    String w1Sha256,
    String data,
    long rows,
    Double weight,
    double accuracy,
    double logLoss,
    double top2Accuracy,
    double expectedCalibrationError,
    long undecidedRows,
    List<NamedMetrics> classes,
    ClassMetrics macroAverage,
    ClassMetrics weightedAverage,
    @JsonAdapter(OneLineJson.class) long[][] confusionMatrix,
    @JsonAdapter(OneLineJson.class) double[][] weightedConfusionMatrix,
    List<Calibration.Bin> calibration,
    Against against) {

  /** The file's name. */
  public static final String NAME = "evaluation.json";

  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  /** The metrics of one class. */
  public record NamedMetrics(
      String name, double precision, double recall, double f1, long support, Double weight) {}

  /**
   * Another model on the same rows.
   *
   * @param flippedRows the number of rows for which the two models predict different classes
   * @param flipped the first of them
   */
  public record Against(
      String model,
      String w1Sha256,
      double accuracy,
      double logLoss,
      long bothRight,
      long onlyThisRight,
      long onlyOtherRight,
      long bothWrong,
      McNemarTest mcNemar,
      long flippedRows,
      List<Flipped> flipped) {}

  /** A row for which two models predict different classes, by the names of the classes. */
  public record Flipped(
      long row,
      String actual,
      String predicted,
      double probability,
      String otherPredicted,
      double otherProbability) {}

  /**
   * Names an evaluation's figures.
   *
   * @param classNames C names, in the order of the classes
   */
  public static EvaluationFile of(
      String model, String w1Sha256, String data, List<String> classNames, Evaluation evaluation) {
    return new EvaluationFile(
        Redaction.uris(model),
        w1Sha256,
        Redaction.uris(data),
        evaluation.rows(),
        evaluation.confusion().weighted() ? evaluation.confusion().weight() : null,
        evaluation.accuracy(),
        evaluation.loss(),
        evaluation.top2Accuracy(),
        evaluation.calibration().expectedError(),
        evaluation.undecidedRows(),
        IntStream.range(0, classNames.size())
            .mapToObj(c -> named(classNames.get(c), evaluation.confusion().metrics(c)))
            .toList(),
        evaluation.confusion().macroAverage(),
        evaluation.confusion().weightedAverage(),
        evaluation.confusion().counts(),
        evaluation.confusion().weights(),
        evaluation.calibration().bins(),
        null);
  }

  private static NamedMetrics named(String name, ClassMetrics metrics) {
    return new NamedMetrics(
        name,
        metrics.precision(),
        metrics.recall(),
        metrics.f1(),
        metrics.support(),
        metrics.weight());
  }

  /** The same with a comparison. */
  public EvaluationFile with(
      Comparison comparison, String otherModel, String otherW1Sha256, List<String> classNames) {
    Against compared =
        new Against(
            Redaction.uris(otherModel),
            otherW1Sha256,
            comparison.other().accuracy(),
            comparison.other().loss(),
            comparison.bothRight(),
            comparison.onlyThisRight(),
            comparison.onlyOtherRight(),
            comparison.bothWrong(),
            comparison.test(),
            comparison.flippedRows(),
            comparison.flipped().stream().map(row -> flipped(row, classNames)).toList());
    return new EvaluationFile(
        model,
        w1Sha256,
        data,
        rows,
        weight,
        accuracy,
        logLoss,
        top2Accuracy,
        expectedCalibrationError,
        undecidedRows,
        classes,
        macroAverage,
        weightedAverage,
        confusionMatrix,
        weightedConfusionMatrix,
        calibration,
        compared);
  }

  private static Flipped flipped(FlippedRow row, List<String> names) {
    return new Flipped(
        row.row().position(),
        names.get(row.row().actual()),
        names.get(row.row().predicted()),
        row.row().probability(),
        names.get(row.other().predicted()),
        row.other().probability());
  }

  /** The content of the file. */
  public String json() {
    return JSON.toJson(this) + "\n";
  }
}
