package dev.onehot.nightly;

import dev.onehot.nightly.NightRecord.Status;
import java.util.List;

/** Records of runs, for tests. */
final class Nights {

  private Nights() {}

  /** A run that made version 7, whose champion was 5 before. */
  static NightRecord promoted() {
    return new NightRecord(
        NightRecord.FORMAT,
        "20261130T021500Z-07b7",
        "2026-11-30",
        "2026-11-30T02:15:00Z",
        "2026-11-30T02:16:30.500Z",
        Status.PROMOTED,
        0,
        "promoted: version 7 has accuracy 0.9263, version 5 had 0.9251",
        7,
        5,
        7,
        60_000L,
        0.9263,
        0.2704,
        0.9251,
        0.2741,
        List.of("label shares have moved"));
  }

  /** A run a day later, whose data were missing. */
  static NightRecord failed() {
    return new NightRecord(
        NightRecord.FORMAT,
        "20261201T021500Z-6858",
        "2026-12-01",
        "2026-12-01T02:15:00Z",
        "2026-12-01T02:15:04Z",
        Status.FAILED,
        3,
        "/data/2026-12-01: is not there",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }
}
