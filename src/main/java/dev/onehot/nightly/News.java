package dev.onehot.nightly;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** Tells whoever wants to know how a run ended: a file of metrics, and a webhook. */
final class News {

  private final NightlyOptions options;
  private NightRecord night;
  private Optional<NightRecord> lastSuccess = Optional.empty();
  private boolean old;

  News(NightlyOptions options) {
    this.options = options;
  }

  /**
   * Notes how the run ended.
   *
   * @param before the last run before it that ended as it should
   */
  void are(NightRecord ended, Optional<NightRecord> before) {
    night = ended;
    lastSuccess = before;
  }

  /**
   * Notes how an earlier run ended, which may have been killed before it could tell. Only the
   * metrics are written, as they may be written again and again.
   *
   * @param before the last run that ended as it should
   */
  void were(NightRecord ended, Optional<NightRecord> before) {
    are(ended, before);
    old = true;
  }

  /**
   * Tells it, if there is something to tell. Nothing that goes wrong is a failure of the run.
   *
   * @param warnings gets a line if somebody could not be told
   */
  void tell(Configuration hadoop, Consumer<String> warnings) {
    if (night == null) {
      return;
    }
    if (options.metrics() != null) {
      new TextfileMetrics(options.metrics(), options.registry())
          .write(night, lastSuccess, hadoop, warnings);
    }
    if (options.webhook() != null && !old) {
      new Webhook(options.webhook()).send(night, warnings);
    }
  }
}
