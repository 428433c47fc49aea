package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFilesTest {

  @ParameterizedTest
  @CsvSource({
    "wide.libsvm, 1, wide.libsvm",
    "wide.libsvm, 1235, 'wide.libsvm and 1,234 more'",
    "rows/wide.libsvm, 1, rows (wide.libsvm)",
    "../wide.libsvm, 1, .. (wide.libsvm)",
    "/wide.libsvm, 1, / (wide.libsvm)",
    "hdfs://host/rows/a, 2, hdfs://host/rows (a and 1 more)"
  })
  void filesAreDescribedByFolderAndNameOrByNameAlone(String first, int files, String expected) {
    assertThat(RowFiles.description(new Path(first), files)).isEqualTo(expected);
  }
}
