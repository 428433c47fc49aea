package dev.onehot.data;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/**
 * What is read from its beginning to its end by one task: a range of a file's bytes, or a file that
 * cannot be split. It never depends on the number of tasks, nor on the blocks of a file system.
 */
public interface PieceSplit extends Serializable {

  /** The file's name, for messages. Splits of one file follow one another. */
  String file();

  /** About how many bytes will be read, to share out the work. */
  long bytes();

  /**
   * Reads its rows. The iterator reads as it goes, so that memory doesn't grow with the file. It
   * may also be {@link java.io.Closeable}, which is called when the task ends.
   *
   * @param mostBadRows reading may stop after more bad rows
   * @throws dev.onehot.failure.InputException if the file as a whole is broken
   */
  Iterator<RowPiece> read(Configuration hadoop, long mostBadRows);
}
