package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InvalidSettingsException;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  @ParameterizedTest
  @CsvSource({
    "in/{date},                   in/2026-03-01",
    "in/{date-0},                 in/2026-03-01",
    "in/{date-1},                 in/2026-02-28",
    "in/{date-12},                in/2026-02-17",
    "in/{date-365},               in/2025-03-01",
    "{date}/x-{date-1}/{date},    2026-03-01/x-2026-02-28/2026-03-01",
    "/a b/{date}/c d,             /a b/2026-03-01/c d",
    "hdfs://node7:8020/in/{date}, hdfs://node7:8020/in/2026-03-01",
    "s3a://bucket/{date}/images,  s3a://bucket/2026-03-01/images",
    "/a:b/{date},                 /a:b/2026-03-01",
    "./a:b/{date},                ./a:b/2026-03-01",
    "/50%/{date}/#1?,             /50%/2026-03-01/#1?",
    "/é/{date},                   /é/2026-03-01"
  })
  void aDateInAPathIsReplaced(String path, String expected) {
    assertThat(Dates.isDated(new Path(path))).isTrue();
    assertThat(new Dates(LocalDate.of(2026, 3, 1), 1).of(new Path(path)))
        .containsExactly(new Path(expected));
  }

  @Test
  void aWindowHasOnePathADayTheOldestFirst() {
    assertThat(names(new Dates(LocalDate.of(2028, 3, 1), 3), "in/{date}"))
        .containsExactly("in/2028-02-28", "in/2028-02-29", "in/2028-03-01");
    assertThat(names(new Dates(LocalDate.of(2027, 3, 1), 2), "in/{date}"))
        .containsExactly("in/2027-02-28", "in/2027-03-01");
    assertThat(names(new Dates(LocalDate.of(2027, 1, 1), 2), "in/{date-1}"))
        .containsExactly("in/2026-12-30", "in/2026-12-31");
  }

  @Test
  void aPathWithoutADateIsOnePathForAnyWindow() {
    Path path = new Path("in/2026-03-01");
    assertThat(Dates.isDated(path)).isFalse();
    assertThat(Dates.isDated(null)).isFalse();
    assertThat(new Dates(LocalDate.EPOCH, 7).of(path)).containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{date+1}",
        "{date-}",
        "{date-x}",
        "{dates}",
        "{date -1}",
        "{date:yyyy}",
        "{date",
        "{date-12345}"
      })
  void whatIsNoDateIsRefused(String wrong) {
    for (String path : new String[] {"in/" + wrong, "{date}/" + wrong}) {
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(() -> new Dates(LocalDate.EPOCH, 1).of(new Path(path)))
          .withMessage(
              "%s: %s is no date; write {date}, or {date-1} for the day before", path, wrong);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 3661})
  void aWindowOutOfRangeIsRefused(int days) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> new Dates(LocalDate.EPOCH, days))
        .withMessage("days must be 1 to 3660, not %d", days);
  }

  private static List<String> names(Dates dates, String path) {
    return dates.of(new Path(path)).stream().map(Path::toString).toList();
  }
}
