package dev.onehot.data.csv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.nio.charset.StandardCharsets;

/** The fields of a record that has quotes, by FastCSV. */
final class CsvFields {

  private final CsvReader.CsvReaderBuilder reader;

  CsvFields(byte delimiter) {
    reader =
        CsvReader.builder()
            .fieldSeparator((char) delimiter)
            .quoteCharacter((char) Quotes.QUOTE)
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(false)
            .maxBufferSize(Integer.MAX_VALUE);
  }

  /**
   * The fields, each byte of them as a character of ISO 8859-1, so that no byte is lost that isn't
   * UTF-8.
   *
   * @param bytes hold a record without {@linkplain Quotes#fault faults}, which isn't empty
   */
  String[] of(byte[] bytes, int start, int end) {
    StringArrayHandler handler =
        StringArrayHandler.of(
            limits ->
                limits
                    .maxFields(Integer.MAX_VALUE)
                    .maxFieldSize(Integer.MAX_VALUE)
                    .maxRecordSize(Integer.MAX_VALUE));
    return reader.ofSingleCsvRecord(
        handler, new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
  }
}
