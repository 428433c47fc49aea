package dev.onehot.report.page;

import java.util.List;

/**
 * What the nightly job says of the model that it made, for the model's page.
 *
 * @param status what became of the model
 * @param sentence the verdict in a sentence
 * @param criteria all that the gate looked at
 * @param data what was found in the rows; null if they were not checked, as on a first night
 */
public record Night(Status status, String sentence, List<Criterion> criteria, DataChecks data) {

  public Night {
    criteria = List.copyOf(criteria);
  }

  /** What became of a model. */
  public enum Status {
    /** It is the champion. */
    PROMOTED,
    /** The gate let it pass, and it was not promoted. */
    KEPT,
    /** The gate refused it. */
    REFUSED
  }

  /**
   * One thing that the gate looked at.
   *
   * @param name such as {@code accuracy}
   * @param figure the challenger's figure
   * @param limit what it must keep to
   * @param champion the champion's figure; null if there is none
   * @param refusal one sentence that says why the challenger is refused; null if it passes
   */
  public record Criterion(
      String name, String figure, String limit, String champion, String refusal) {

    /** Whether the challenger passes. */
    public boolean passed() {
      return refusal == null;
    }
  }

  /**
   * The rows of the night beside those that the champion was trained on.
   *
   * @param findings what is wrong with the rows, or has changed, a sentence each; empty if nothing
   *     is
   * @param checks the tests of whether the rows have drifted
   * @param labels how frequent each class is, in the order of the classes; empty if not known
   * @param features how far each feature has drifted; null if not known
   */
  public record DataChecks(
      List<String> findings, List<Check> checks, List<LabelShare> labels, FeatureDrift features) {

    public DataChecks {
      findings = List.copyOf(findings);
      checks = List.copyOf(checks);
      labels = List.copyOf(labels);
    }
  }

  /**
   * A test of whether the rows have drifted.
   *
   * @param name what is tested
   * @param figure what was found
   * @param limit from where on it is called drift
   * @param passed whether there is no drift
   */
  public record Check(String name, String figure, String limit, boolean passed) {}

  /**
   * How frequent a class is.
   *
   * @param name the class's name
   * @param champion its share of the rows that the champion was trained on, 0 … 1
   * @param tonight its share of the night's rows, 0 … 1
   */
  public record LabelShare(String name, double champion, double tonight) {}

  /**
   * How far each feature has drifted.
   *
   * @param measure what is measured, such as {@code population stability index}
   * @param values F numbers; 0 for no drift. They are not copied
   * @param limit from where on it is called drift
   */
  public record FeatureDrift(String measure, double[] values, double limit) {}
}
