package dev.onehot.model;

import java.util.List;
import java.util.Map;

/**
 * Everything that decides the bits of a model, and how it was made. A training with the same
 * settings, data and version ends with the same bits.
 *
 * @param run the run's id
 * @param started when the run began, in the format of {@link java.time.Instant#toString}
 * @param onehot the version of Onehot
 * @param gitCommit the commit that Onehot was built from
 * @param settings the values of the settings by name, without secrets
 * @param data the data that the model was trained on
 * @param parent the model that training started from; null if it started from random weights
 * @param spark the version of Spark
 * @param java the version of Java
 * @param kernel the block kernel that computed the gradients
 */
public record Provenance(
    String run,
    String started,
    String onehot,
    String gitCommit,
    Map<String, String> settings,
    Data data,
    Parent parent,
    String spark,
    String java,
    String kernel) {

  /**
   * The model that a training started from.
   *
   * @param directory where it was, without secrets
   * @param run the id of the run that made it; null if it is not known
   * @param w1Sha256 SHA-256 over W1's little-endian float64 bytes in C order
   * @param b1Sha256 the same over b1's; null without a bias
   */
  public record Parent(String directory, String run, String w1Sha256, String b1Sha256) {}

  /**
   * The data that a model was trained on.
   *
   * @param source the source in a few words, without secrets
   * @param files the full names of the files, without secrets; empty if the rows come from no file
   * @param rows the number of all rows, with those held back
   * @param trainingRows the number of rows trained on
   * @param height the height of the pictures in pixels; null if the rows are no pictures
   * @param width the width of the pictures in pixels; null if the rows are no pictures
   * @param fingerprint 64 bits of all rows, in hexadecimal
   * @param profile the profile of the rows trained on; null if the model's files carry none
   */
  public record Data(
      String source,
      List<String> files,
      long rows,
      long trainingRows,
      Integer height,
      Integer width,
      String fingerprint,
      StoredProfile profile) {}
}
