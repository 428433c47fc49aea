package dev.onehot.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.data.MissingValues;
import dev.onehot.failure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvColumnsTest {

  private static final long WHOLE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void kagglesFilesAreReadAsTheyAre() throws IOException {
    CsvFiles train = file("label,pixel0,pixel1\n1,0,255\n0,7,0\n");
    assertThat(train.rows(WHOLE)).containsExactly("1: 0.0 255.0", "0: 7.0 0.0");
    assertThat(train.open(WHOLE).featureNames()).containsExactly("pixel0", "pixel1");
    CsvFiles test = file("pixel0,pixel1\n0,255\n").toPredict(2, "pixel0", "pixel1");
    assertThat(test.rows(WHOLE)).containsExactly(": 0.0 255.0");
    assertThat(test.open(WHOLE).labelled()).isFalse();
  }

  @Test
  void columnsOfUsualNamesHoldTheLabels() throws IOException {
    assertThat(file("a,Species,b\n1,x,2\n").rows(WHOLE)).containsExactly("x: 1.0 2.0");
    assertThat(file("x,y,label\n1,2,c\n").rows(WHOLE)).containsExactly("c: 1.0 2.0");
    assertThat(file("y,a,b\nc,1,2\n").rows(WHOLE)).containsExactly("c: 1.0 2.0");
  }

  @Test
  void withoutUsualNamesTheFirstOrTheLastColumnHoldsThem() throws IOException {
    assertThat(file("1.5,2,x\n2.5,3,y\n").rows(WHOLE)).containsExactly("x: 1.5 2.0", "y: 2.5 3.0");
    assertThat(file("x,1.5,2\ny,2.5,3\n").rows(WHOLE)).containsExactly("x: 1.5 2.0", "y: 2.5 3.0");
    assertThat(file("3,1.5,.5\n4,2.5,1.0e1\n").rows(WHOLE))
        .containsExactly("3: 1.5 0.5", "4: 2.5 10.0");
    assertThat(file("quality,acid\n3,1.5\n4,2.5\n").rows(WHOLE))
        .containsExactly("3: 1.5", "4: 2.5");
  }

  @Test
  void aHeaderOfNumbersIsFoundByTheNameOfItsLabelsOrRefused() throws IOException {
    String rows = "1.5,2,5,x\n2.5,3,6,y\n";
    List<String> read = List.of("x: 1.5 2.0 5.0", "y: 2.5 3.0 6.0");
    assertThat(file("2019,2020,2021,Species\n" + rows).rows(WHOLE)).isEqualTo(read);
    assertThat(file("0,1,2,kind\n" + rows).label("kind").rows(WHOLE)).isEqualTo(read);
    assertThat(file("7,8,9,label\n1,2,3,0\n4,5,6,1\n").rows(WHOLE))
        .containsExactly("0: 1.0 2.0 3.0", "1: 4.0 5.0 6.0");
    // A class may have that name.
    assertThat(file("1,2,3,target\n4,5,6,target\n7,8,9,other\n").rows(WHOLE)).hasSize(3);
    CsvFiles counted = file("0,1,2,3\n1.5,2.5,3.5,1\n2.5,3.5,4.5,0\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> counted.rows(WHOLE))
        .withMessageContaining(
            "found 0 to 3 in the first line, as programs number columns without names, expected names or a row; give the columns names, or take the line out");
  }

  @Test
  void aColumnWithAnotherNumberOnEachRowHoldsNoLabels() throws IOException {
    StringBuilder text = new StringBuilder("id,size,kind\n");
    for (int i = 0; i < 30; i++) {
      text.append(i).append(",1.5,").append(i % 3).append('\n');
    }
    assertThat(file(text.toString()).without("id").rows(WHOLE)).hasSize(30).contains("2: 1.5");
    assertThat(file(text.toString()).rows(WHOLE)).contains("2: 29.0 1.5");
  }

  @Test
  void columnsAreNamedOrNumbered() throws IOException {
    CsvFiles file = file("a,w,b,id,c\n1,0.5,2,n1,x\n3,1,4,n2,y\n");
    for (String label : new String[] {"c", "5", "last"}) {
      assertThat(file.label(label).weight("w").without("4").rows(WHOLE))
          .containsExactly("x ×0.5: 1.0 2.0", "y: 3.0 4.0");
    }
    assertThat(file.label("first").weight("2").without("id", "c").rows(WHOLE))
        .containsExactly("1 ×0.5: 2.0", "3: 4.0");
  }

  @Test
  void delimitersAreFound() throws IOException {
    for (char delimiter : new char[] {',', ';', '\t', '|'}) {
      String text = "a/b/label\n1/2/\"x,;|\t\"\n3//y, z\n".replace('/', delimiter);
      CsvFiles file = file(text.replace("y, z", delimiter == ',' ? "\"y, z\"" : "y, z"));
      assertThat(file.missing(MissingValues.MEAN).rows(WHOLE))
          .as("delimiter %s", delimiter)
          .containsExactly("x,;|: 1.0 2.0", "y, z: 3.0 NaN");
    }
    assertThat(file("1 2.5 x\n2 3.5 y\n").delimiter(' ').rows(WHOLE))
        .containsExactly("x: 1.0 2.5", "y: 2.0 3.5");
  }

  @Test
  void missingValuesBecomeZeroOrWaitForTheMean() throws IOException {
    CsvFiles file = file("a,b,c,label\n1,,?,x\nNA,nan,NULL,y\n 2 , 3,4,x\n");
    assertThat(file.missing(MissingValues.ZERO).rows(WHOLE))
        .containsExactly("x: 1.0 0.0 0.0", "y: 0.0 0.0 0.0", "x: 2.0 3.0 4.0");
    assertThat(file.missing(MissingValues.MEAN).rows(WHOLE))
        .containsExactly("x: 1.0 NaN NaN", "y: NaN NaN NaN", "x: 2.0 3.0 4.0");
  }

  @Test
  void filesMayHaveTheirColumnsInAnotherOrder() throws IOException {
    Path first = Files.writeString(folder.resolve("1.csv"), "a,b,c,label\n1,2,3,x\n");
    Path second =
        Files.writeString(folder.resolve("2.csv"), "c,label,a,b\n6,\"y\",4,\"5\"\n,z,7,8\n");
    Path empty = Files.writeString(folder.resolve("0.csv"), "a,b,c,label\n");
    CsvFiles files = CsvFiles.of(empty, first, second).missing(MissingValues.MEAN);
    assertThat(files.rows(WHOLE))
        .containsExactly("x: 1.0 2.0 3.0", "y: 4.0 5.0 6.0", "z: 7.0 8.0 NaN");
    assertThat(files.rows(3)).isEqualTo(files.rows(WHOLE));
  }

  @Test
  void knownNamesGiveFeaturesTheirOrder() throws IOException {
    CsvFiles file = file("b,kind,a\n2,x,1\n");
    assertThat(file.toTest(2, "a", "b").rows(WHOLE)).containsExactly("x: 1.0 2.0");
    assertThat(file("2019,2018\n2,1\n").toPredict(2, "2018", "2019").rows(WHOLE))
        .containsExactly(": 1.0 2.0");
    assertThat(file("2,1\n").toPredict(2, "2018", "2019").rows(WHOLE)).containsExactly(": 2.0 1.0");
  }

  @Test
  void rowsToPredictMayLackTheColumnOfLabels() throws IOException {
    for (String label : new String[] {"first", "last", "none", "kind"}) {
      assertThat(file("1,2\n3,4\n").label(label).toPredict(2).rows(WHOLE))
          .containsExactly(": 1.0 2.0", ": 3.0 4.0");
    }
    assertThat(file("1,2,x\n3,4,y\n").toPredict(2).rows(WHOLE))
        .containsExactly("x: 1.0 2.0", "y: 3.0 4.0");
  }

  @Test
  void labelsOfOneNumberAreOne() throws IOException {
    assertThat(file("a,label\n1.5,1\n2,+1\n3,1.0\n4, 1\n").rows(WHOLE))
        .containsExactly("1: 1.5", "1: 2.0", "1: 3.0", "1: 4.0");
    // As np.savetxt writes them; without a point it may be the name of something.
    assertThat(file("a,label\n1.5,1.000000e+01\n2,10\n3,1.5e0\n4,1e1\n").rows(WHOLE))
        .containsExactly("10: 1.5", "10: 2.0", "1.5e0: 3.0", "1e1: 4.0");
  }

  @Test
  void wideRowsAreReadInPieces() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < 4; r++) {
      for (int j = 0; j < 300_000; j++) {
        text.append(random.nextInt(1000) / 10f).append(',');
      }
      text.append("c").append(r).append('\n');
    }
    CsvInput input = file(text.toString()).open(1 << 20);
    assertThat(input.features()).isEqualTo(300_000);
    int rows = 0;
    int pieces = 0;
    for (var split : input.splits()) {
      for (var read = split.read(CsvFiles.HADOOP, 0); read.hasNext(); pieces++) {
        rows += read.next().rows();
      }
    }
    assertThat(rows).isEqualTo(4);
    assertThat(pieces).isGreaterThanOrEqualTo(4);
  }

  private CsvFiles file(String text) throws IOException {
    return CsvFiles.of(folder.resolve("some.csv"), text);
  }
}
