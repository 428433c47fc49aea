package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.MissingValues;
import dev.onehot.data.RowFormat;
import dev.onehot.failure.InputException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class RecordedSettingsTest {

  private static final Dates WEEK = new Dates(LocalDate.of(2026, 11, 30), 7);

  @Test
  void theDaysOfATrainingAreItsDaysAgain() {
    DataOptions options = DataOptions.defaults().withData(new Path("in/{date}")).withDates(WEEK);
    assertThat(recorded(options).data(new Path("/home/in/2026-11-24/train-images")))
        .isEqualTo(options.withData(new Path("/home/in/{date}")));
  }

  @Test
  void generatedDigitsAreThoseOfTheirDay() {
    DataOptions options = DataOptions.defaults().withDates(new Dates(WEEK.runDate(), 1));
    assertThat(recorded(options).data(null)).isEqualTo(options);
  }

  @Test
  void datedImagesAreFoundByTheirDateAndOthersWhereTheyWere() {
    DataOptions dated =
        DataOptions.defaults().withFiles(new Path("in/{date}/train-images"), null).withDates(WEEK);
    assertThat(recorded(dated).data(new Path("/home/in/2026-11-24/train-images")))
        .isEqualTo(dated.withFiles(new Path("/home/in/{date}/train-images"), null));

    DataOptions plain = DataOptions.defaults().withFiles(new Path("in/train-images"), null);
    assertThat(recorded(plain).data(new Path("/home/in/train-images")).train())
        .isEqualTo(new Path("/home/in/train-images"));
    assertThat(recorded(plain).data(new Path("/home/in/train-images")).dates()).isNull();
  }

  @Test
  void aFolderOfEveryNightIsFoundWhereItWas() {
    DataOptions options = DataOptions.defaults().withData(new Path("in")).withDates(WEEK);
    assertThat(recorded(options).data(new Path("/home/in/train-images")))
        .isEqualTo(options.withData(new Path("/home/in")));
  }

  @Test
  void filesAreReadAsTheyWere() {
    var formats =
        new FormatOptions(
            RowFormat.LIBSVM, null, null, List.of(), null, true, 784, MissingValues.MEAN, 5);
    DataOptions options = DataOptions.defaults().withFormats(formats);
    assertThat(recorded(options).data(null)).isEqualTo(options);
  }

  @Test
  void aRunDateThatIsNoneIsDamage() {
    Map<String, String> values = new HashMap<>(DataOptions.defaults().values());
    values.put("run-date", "30.11.2026");
    values.put("days", "1");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> new RecordedSettings("a/model", values).data(null))
        .withMessage(
            "a/model: model.json has the setting run-date = 30.11.2026, which cannot be used (it is no date)");
    values.put("run-date", "2026-11-30");
    values.remove("days");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> new RecordedSettings("a/model", values).data(null))
        .withMessageStartingWith("a/model: model.json has no setting days");
  }

  private static RecordedSettings recorded(DataOptions options) {
    return new RecordedSettings("a/model", options.values());
  }
}
