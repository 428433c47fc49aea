package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.onehot.data.ArraySource;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class SourcesTest {

  @Test
  void thereMustBeRowsToTrainOn() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> new Sources(new ArraySource(3, new byte[0], new int[0]), null))
        .withMessage("rows in memory: has no rows");
    assertThatNullPointerException()
        .isThrownBy(() -> new Sources(null, null))
        .withMessage("rows to train on");
  }

  @Test
  void builtInDigitsHaveTenClasses() {
    DataOptions five = DataOptions.defaults().withClasses(5);
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> Sources.open(five, new Configuration()))
        .withMessage(
            "built-in generated digits: have 10 classes, not 5; give classes 10 or leave it out, or"
                + " name other data");
  }
}
