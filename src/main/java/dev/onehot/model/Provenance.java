package dev.onehot.model;

import java.util.List;
import java.util.Map;

/**
 * Where a model comes from: with the same of all of it a training ends with the same bits.
 *
 * @param run the run's id
 * @param started when the run began, as of {@link java.time.Instant#toString}
 * @param onehot the version of Onehot
 * @param gitCommit the commit that it was built from
 * @param settings the values of the settings by their names, without secrets
 * @param data what was trained on
 * @param spark the version of Spark
 * @param java the version of Java
 * @param kernel which block kernel computed the gradients
 */
public record Provenance(
    String run,
    String started,
    String onehot,
    String gitCommit,
    Map<String, String> settings,
    Data data,
    String spark,
    String java,
    String kernel) {

  /**
   * What was trained on.
   *
   * @param source in a few words, without secrets
   * @param files the files' full names, without secrets; empty if the rows come from no file
   * @param rows all rows, held-back ones included
   * @param trainingRows the rows that were trained on
   * @param height of the pictures in pixels; null if the rows are no pictures
   * @param width likewise
   * @param fingerprint 64 bits of all rows, in hexadecimal
   */
  public record Data(
      String source,
      List<String> files,
      long rows,
      long trainingRows,
      Integer height,
      Integer width,
      String fingerprint) {}
}
