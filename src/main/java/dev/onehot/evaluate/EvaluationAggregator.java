package dev.onehot.evaluate;

import dev.onehot.data.RowChunk;
import dev.onehot.model.RowScorer;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.spark.Aggregator;
import org.apache.spark.broadcast.Broadcast;

/**
 * Scores rows with one model, or with two, and adds up what came of it: first the rows of a
 * partition, then the partitions.
 */
final class EvaluationAggregator implements Aggregator<RowChunk, EvaluationAggregator> {

  private static final long serialVersionUID = 1L;

  private final Broadcast<SoftmaxModel[]> models;
  private final boolean keepsFeatures;
  private final boolean weighted;
  private final int weightExponent;

  /** One for each model; null as long as no row was added, so that little is sent to the tasks. */
  private EvaluationSum[] sums;

  private ComparisonSum comparison;
  private UnknownLabels unknown;

  /** Where a task scores rows. */
  private transient Buffers buffers;

  /**
   * @param models the model, and perhaps another one to compare it with
   * @param keepsFeatures whether rows that are kept as examples keep their features
   * @param weighted whether rows have weights
   * @param weightExponent these are at most 2 to this power
   */
  EvaluationAggregator(
      Broadcast<SoftmaxModel[]> models,
      boolean keepsFeatures,
      boolean weighted,
      int weightExponent) {
    this.models = models;
    this.keepsFeatures = keepsFeatures;
    this.weighted = weighted;
    this.weightExponent = weightExponent;
  }

  private static final class Buffers {

    private final RowScorer scorer;
    private final RowScorer other;
    private final int classes;

    Buffers(SoftmaxModel[] models) {
      scorer = models[0].scorer();
      other = models.length > 1 ? models[1].scorer() : null;
      classes = models[0].classes();
    }
  }

  private void allocate() {
    if (sums == null) {
      SoftmaxModel[] all = models.value();
      sums = new EvaluationSum[all.length];
      for (int m = 0; m < all.length; m++) {
        sums[m] = new EvaluationSum(all[m].classes(), weighted);
      }
      comparison = new ComparisonSum();
      unknown = new UnknownLabels();
    }
  }

  @Override
  public EvaluationAggregator add(RowChunk chunk) {
    allocate();
    if (buffers == null) {
      buffers = new Buffers(models.value());
    }
    for (int r = 0; r < chunk.rows(); r++) {
      int label = chunk.label(r);
      if (label >= buffers.classes) {
        unknown.add(label, chunk.firstPosition() + r);
      } else {
        add(chunk, r);
      }
    }
    return this;
  }

  private void add(RowChunk chunk, int r) {
    ScoredRow row = score(buffers.scorer, chunk, r);
    double weight = weighted ? Math.scalb((double) chunk.weight(r), -weightExponent) : 1;
    EvaluationSum.Example example = () -> withFeatures(row, chunk, r);
    sums[0].add(buffers.scorer, row, weight, example);
    if (buffers.other != null) {
      ScoredRow other = score(buffers.other, chunk, r);
      sums[1].add(buffers.other, other, weight, () -> other);
      comparison.add(row, other, example);
    }
  }

  private ScoredRow score(RowScorer scorer, RowChunk chunk, int r) {
    scorer.score(chunk.values(), r);
    scorer.requireProbabilities(chunk.firstPosition() + r);
    int label = chunk.label(r);
    return new ScoredRow(
        chunk.firstPosition() + r,
        label,
        scorer.label(),
        scorer.probability(scorer.label()),
        scorer.probability(label),
        null);
  }

  private ScoredRow withFeatures(ScoredRow row, RowChunk chunk, int r) {
    if (!keepsFeatures) {
      return row;
    }
    float[] features = new float[chunk.features()];
    chunk.copyFeatures(r, features);
    return new ScoredRow(
        row.position(),
        row.actual(),
        row.predicted(),
        row.probability(),
        row.probabilityOfActual(),
        features);
  }

  @Override
  public EvaluationAggregator merge(EvaluationAggregator sum) {
    if (sum.sums != null) {
      allocate();
      for (int m = 0; m < sums.length; m++) {
        sums[m].add(sum.sums[m]);
      }
      comparison.add(sum.comparison);
      unknown.add(sum.unknown);
    }
    return this;
  }

  /** The model's evaluation. */
  Evaluation evaluation() {
    return sums[0].evaluation(weightExponent);
  }

  /** The comparison with the other model. */
  Comparison comparison() {
    return comparison.comparison(sums[1].evaluation(weightExponent));
  }

  /** Labels that are no class of the model. */
  UnknownLabels unknown() {
    return unknown;
  }
}
