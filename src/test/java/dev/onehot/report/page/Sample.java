package dev.onehot.report.page;

import dev.onehot.evaluate.Calibration;
import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.FlippedRow;
import dev.onehot.evaluate.Scored;
import dev.onehot.evaluate.ScoredRow;
import dev.onehot.math.Activation;
import dev.onehot.model.Provenance;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.IterationMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Content of pages, as large as a test wants it. */
final class Sample {

  private final Random random = new Random(7);
  private final int classes;
  private final int height;
  private final int width;
  private final List<String> names;

  private Sample(int height, int width, List<String> names) {
    this.height = height;
    this.width = width;
    this.names = names;
    classes = names.size();
  }

  static Sample classes(int classes) {
    return new Sample(28, 28, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  static Sample named(String... names) {
    return new Sample(28, 28, List.of(names));
  }

  Sample pictures(int otherHeight, int otherWidth) {
    return new Sample(otherHeight, otherWidth, names);
  }

  List<IterationMetrics> history(int iterations) {
    List<IterationMetrics> history = new ArrayList<>();
    for (int i = 0; i <= iterations; i++) {
      double fall = 0.27 + 2.03 * Math.exp(-i / (1 + iterations / 8.0));
      double[] shares = new double[classes];
      for (int c = 0; c < classes; c++) {
        shares[c] = c == 3 && i > iterations / 2 ? 0 : 0.2 + 0.1 * random.nextDouble();
      }
      history.add(
          new IterationMetrics(
              i,
              fall,
              0,
              1 - fall / 2.6,
              1 / (1.0 + i),
              Math.min(1.4, 0.28 * (i + 1)),
              0,
              0,
              shares,
              fall + 0.02,
              1 - fall / 2.5,
              10 + random.nextDouble()));
    }
    return history;
  }

  SoftmaxModel model() {
    double[] weights = random.doubles((long) height * width * classes, -1, 1).toArray();
    return new SoftmaxModel(weights, null, Activation.RELU, 1 / 255.0, names);
  }

  PictureSize size() {
    return new PictureSize(height, width);
  }

  long[][] counts() {
    long[][] counts = new long[classes][classes];
    for (int a = 0; a < classes; a++) {
      for (int p = 0; p < classes; p++) {
        counts[a][p] = a == p ? 900 + a : random.nextInt(20);
      }
    }
    return counts;
  }

  Evaluation evaluation() {
    List<Calibration.Bin> bins =
        IntStream.range(0, Calibration.BINS)
            .mapToObj(
                b ->
                    new Calibration.Bin(
                        b / 15.0,
                        (b + 1) / 15.0,
                        b < 2 ? 0 : 50 * b,
                        b < 2 ? 0 : b / 15.0,
                        (b + 0.4) / 15,
                        null))
            .toList();
    return new Evaluation(
        0.2712,
        401,
        3,
        new ConfusionMatrix(counts()),
        new Calibration(bins),
        rows(Evaluation.EXAMPLES),
        rows(Evaluation.EXAMPLES));
  }

  private List<ScoredRow> rows(int count) {
    return IntStream.range(0, count).mapToObj(i -> row(1000L + i, true)).toList();
  }

  private ScoredRow row(long position, boolean picture) {
    float[] features = new float[height * width];
    for (int j = 0; j < features.length; j++) {
      features[j] = random.nextInt(256);
    }
    return Scored.row(
        position,
        random.nextInt(classes),
        random.nextInt(classes),
        0.5,
        0.25,
        picture ? features : null);
  }

  Comparison comparison(int flippedRows) {
    List<FlippedRow> flipped =
        IntStream.range(0, flippedRows)
            .mapToObj(i -> Scored.flipped(row(i, i < Comparison.PICTURES), row(i, false)))
            .toList();
    return new Comparison(evaluation(), 9000, 120, 80, 800, flippedRows, flipped);
  }

  static Provenance provenance(Map<String, String> settings, String source) {
    return new Provenance(
        "20261130-020000-ab12",
        "2026-11-30T02:00:00Z",
        "0.1.0",
        "c21a1ec",
        settings,
        new Provenance.Data(
            source, List.of(source), 60_000, 60_000, 28, 28, "0123456789abcdef", null),
        new Provenance.Parent("models/parent", "20261129-020000-cd34", "0f".repeat(32), null),
        "4.2.0",
        "17.0.15",
        "vector, 512 bits");
  }

  /** A refused night whose rows have drifted. */
  Night night() {
    double[] drift = new double[height * width];
    for (int j = 0; j < drift.length; j++) {
      int row = j / width;
      drift[j] = row == 3 ? 1.2 + 0.5 * random.nextDouble() : 0.02 * random.nextDouble();
    }
    return new Night(
        Night.Status.REFUSED,
        "Version 7 is refused: accuracy 0.8712 is below 0.9168, the champion's 0.9268 less a margin of 0.01.",
        List.of(
            new Night.Criterion(
                "published files", "load, and score alike", "load, and score alike", null, null),
            new Night.Criterion("dead classes", "none", "none", null, null),
            new Night.Criterion(
                "accuracy",
                "0.8712",
                "0.9168",
                "0.9268",
                "accuracy 0.8712 is below 0.9168, the champion's 0.9268 less a margin of 0.01"),
            new Night.Criterion("log loss", "0.2901", "0.2983", "0.2712", null),
            new Night.Criterion(
                "chance (McNemar)",
                "p = 0.00562",
                "p at least 0.01 if worse",
                "alone right on 120 rows, the challenger on 80",
                "accuracy 0.8712 is worse than the champion's 0.9268 by more than chance explains: the champion alone is right on 120 rows, the challenger alone on 80, p = 0.0056, and the limit is 0.01 (McNemar's test)"),
            new Night.Criterion(
                "recall of the worst class", "0.8123 (class 8)", "0.2500", "0.8511", null)),
        new Night.DataChecks(
            List.of(),
            List.of(
                new Night.Check("rows", "58,112", "30,000 to 120,000", true),
                new Night.Check("shares of the classes", "0.0312", "0.0100", false),
                new Night.Check("pixels, population stability index", "1.6821", "0.2500", false)),
            labelShares(),
            new Night.FeatureDrift("population stability index", drift, 0.25)));
  }

  private List<Night.LabelShare> labelShares() {
    return IntStream.range(0, classes)
        .mapToObj(
            c ->
                new Night.LabelShare(
                    names.get(c),
                    1.0 / classes,
                    (c == 3 ? 0.5 : 1 + 0.5 / (classes - 1)) / classes))
        .toList();
  }

  PageContent page(int iterations, int flippedRows) {
    return PageContent.of(
            "run 20261130-020000-ab12",
            List.of("92.68 % of 10,000 test rows are predicted right.", "30 iterations in 3.4 s."),
            names)
        .withWarnings(List.of("class 3 is dead in the final model"))
        .withTraining(history(iterations), List.of(names.get(Math.min(3, classes - 1))))
        .withModel(model(), size())
        .withEvaluation("../mnist (t10k-images-idx3-ubyte.gz)", evaluation())
        .withComparison("models/yesterday", comparison(flippedRows))
        .withProvenance(
            provenance(Map.of("iterations", "30", "optimizer", "nesterov"), "../mnist"));
  }
}
