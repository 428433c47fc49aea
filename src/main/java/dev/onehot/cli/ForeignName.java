package dev.onehot.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What other programs of this field call an option, and what takes its place here.
 *
 * @param options the options that may be meant, without dashes; a command knows one of them at most
 * @param remark a remark on them, or the answer if there is no such option here; may be empty
 */
record ForeignName(List<String> options, String remark) {

  /** The options here, a colon, and their names elsewhere. */
  private static final List<String> NAMES =
      List.of(
          "iterations: epochs epoch n-epochs num-epochs n-epoch max-epochs max-iter max-iters"
              + " max-iterations maxiter n-iter num-iter num-iterations n-iterations iters steps"
              + " max-steps num-steps nb-epoch rounds n-estimators updates",
          "learning-rate: lr eta eta0 alpha0 step-size stepsize step learning-rate-init base-lr"
              + " init-lr rate",
          "l2: alpha weight-decay lambda reg-param reg regularization l2-reg l2-regularization"
              + " reg-lambda lambda-l2 wd ridge penalty",
          "tolerance: tol convergence-tol min-delta ftol",
          "patience: early-stopping early-stopping-rounds n-iter-no-change early-stop",
          "validation-fraction: validation-split val-split val-fraction valid-fraction val-size"
              + " validation-size test-size test-fraction holdout",
          "seed: random-state random-seed manual-seed rng rng-seed",
          "optimizer: solver opt algorithm optim",
          "warmup: warmup-steps warmup-iterations warmup-epochs lr-warmup num-warmup-steps",
          "momentum: beta beta1 beta-1 nesterov-momentum adam-beta1",
          "leak: negative-slope leaky-slope leaky leaky-relu",
          "bias: fit-intercept intercept use-bias",
          "classes: num-classes n-classes nb-classes num-labels num-class n-class",
          "init-scale: init-std stddev sigma weight-init init initializer-range",
          "data: input in input-path input-dir data-dir data-path dataset data-root root dataset-dir"
              + " datadir src source folder dir",
          "train: train-data train-path train-file train-images training-data train-set x-train"
              + " train-csv",
          "test: test-data test-path test-file test-images eval-data test-set x-test valid"
              + " validation-data",
          "train-rows,rows: rows limit max-rows num-rows n-rows nrows n-samples num-samples max-samples"
              + " sample samples size count n",
          "out: output o output-dir out-dir output-path model model-dir model-path save save-dir"
              + " save-path save-model dest destination target export-dir outdir outfile",
          "checkpoint-dir: checkpoint checkpoint-path ckpt ckpt-dir resume resume-from"
              + " resume-from-checkpoint restore",
          "checkpoint-every: checkpoint-interval save-every save-steps save-interval save-freq"
              + " checkpoint-freq",
          "partitions: num-partitions n-partitions parallelism aggregation-depth",
          "shards: num-files num-shards n-shards",
          "activation: activation-function nonlinearity",
          "precondition: preconditioner preconditioning",
          "config: settings config-file properties settings-file",
          "mirror: url base-url server",
          "timeout: connect-timeout time-out");

  private static final String CORES =
      "; Spark has that: put -- --master 'local[N]' or --executor-cores N at the end";
  private static final String FULL_BATCH =
      "; training is full-batch: every iteration uses all rows, in any order the same";

  /** Names of options that have none in their place here, and why. */
  private static final Map<String, String> REMARKS =
      Map.ofEntries(
          Map.entry("batch-size", FULL_BATCH),
          Map.entry("batch", FULL_BATCH),
          Map.entry("bs", FULL_BATCH),
          Map.entry("minibatch-size", FULL_BATCH),
          Map.entry("mini-batch-fraction", FULL_BATCH),
          Map.entry("shuffle", FULL_BATCH),
          Map.entry("n-jobs", CORES),
          Map.entry("num-workers", CORES),
          Map.entry("workers", CORES),
          Map.entry("threads", CORES),
          Map.entry("num-threads", CORES),
          Map.entry("device", "; training runs on the processors that Spark has"),
          Map.entry("gpu", "; training runs on the processors that Spark has"),
          Map.entry("verbose", "; ONEHOT_LOG_LEVEL=info shows what Spark logs"),
          Map.entry("v", "; ONEHOT_LOG_LEVEL=info shows what Spark logs"),
          Map.entry("log-level", "; ONEHOT_LOG_LEVEL=info shows what Spark logs"),
          Map.entry("l1", "; the only penalty is l2"),
          Map.entry("l1-ratio", "; the only penalty is l2"),
          Map.entry("elastic-net-param", "; the only penalty is l2"));

  private static final Map<String, ForeignName> KNOWN = known();

  private static Map<String, ForeignName> known() {
    Map<String, ForeignName> known = new HashMap<>();
    for (String line : NAMES) {
      String[] parts = line.split(": ", 2);
      ForeignName here = new ForeignName(List.of(parts[0].split(",")), "");
      for (String name : parts[1].split(" ")) {
        known.put(name, here);
      }
    }
    REMARKS.forEach((name, remark) -> known.put(name, new ForeignName(List.of(), remark)));
    known.put("c", new ForeignName(List.of("l2"), " (C is about 1/(l2 x rows))"));
    return known;
  }

  /**
   * What other programs mean by a name.
   *
   * @param plain the name in small letters, without leading dashes
   */
  static Optional<ForeignName> of(String plain) {
    return Optional.ofNullable(KNOWN.get(plain));
  }

  /**
   * The end of a message about the name.
   *
   * @param known the options of the command, with or without dashes
   * @return empty if the command has no such option
   */
  Optional<String> answer(Collection<String> known) {
    if (options.isEmpty()) {
      return Optional.of(remark);
    }
    return known.stream()
        .filter(candidate -> options.contains(NearestName.plain(candidate)))
        .findFirst()
        .map(option -> NearestName.meant(option) + remark);
  }
}
