package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedPlaceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows/part-0.csv    | /home/rows/part-0.csv     | /home/rows/part-0.csv",
        "rows/part-*.csv    | /home/rows/part-0.csv     | /home/rows/part-*.csv",
        "r*/*.csv           | /home/rows/part-0.csv     | /home/r*/*.csv",
        "part-{0,1}.csv     | /home/rows/part-0.csv     | /home/rows/part-{0,1}.csv",
        "../in/rows/*       | /home/in/rows/part-0.csv  | /home/in/rows/*",
        "rows               | /home/rows/part-0.csv     | /home/rows",
        "rows[1]            | /home/rows[1]/part-0.csv  | /home/rows[1]",
        "..                 | /home/rows/part-0.csv     | /home/rows",
        ".                  | /home/rows/part-0.csv     | /home/rows",
        "rows/*             | s3a://in/rows/part-0.csv  | s3a://in/rows/*",
        "/rows/*            | s3a://in/rows/part-0.csv  | s3a://in/rows/*",
        "file:/rows/*       | file:/rows/part-0.csv     | file:/rows/*",
        // The folder that one path is seen from cannot be told.
        "{a/x,b/y}-*.csv    | /home/a/x-0.csv           | {a/x,b/y}-*.csv",
        // The settings were changed, but the file may still be there.
        "elsewhere/file.csv | /home/rows/part-0.csv     | /home/rows/part-0.csv",
      })
  void rowsAreWhereTheirFirstFileWas(Path recorded, Path file, Path expected) {
    assertThat(new RecordedPlace(file, null).of(recorded)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "in,       /home/in/train.csv,          /home/in",
    "in,       /home/in/train/part-0.csv,   /home/in",
    "/home/in, /home/in/train/part-0.csv,   /home/in",
    "all.csv,  /home/in/all.csv,            /home/in/all.csv",
    "other,    /home/in/train-images,       /home/in",
    ".,        /home/in/train.csv,          /home/in",
    "in,       /in/train.csv,               /in",
    "all.csv,  /all.csv,                    /all.csv",
  })
  void aFolderWithEverythingMayHoldAnother(Path recorded, Path file, Path expected) {
    assertThat(new RecordedPlace(file, null).ofFolder(recorded)).isEqualTo(expected);
  }

  @Test
  void theFirstFileIsOfTheFirstDay() {
    Dates days = new Dates(LocalDate.of(2026, 11, 30), 7);
    RecordedPlace place = new RecordedPlace(new Path("/home/in/2026-11-24/part-0.csv"), days);
    assertThat(place.of(new Path("in/{date}"))).isEqualTo(new Path("/home/in/{date}"));
    assertThat(place.of(new Path("in/{date}/*.csv"))).isEqualTo(new Path("/home/in/{date}/*.csv"));
    assertThat(place.ofFolder(new Path("in/{date}"))).isEqualTo(new Path("/home/in/{date}"));
    assertThat(place.ofFolder(new Path("elsewhere/{date}")))
        .isEqualTo(new Path("elsewhere/{date}"));
  }
}
