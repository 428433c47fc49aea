package dev.onehot.data.idx;

import dev.onehot.data.RowPiece;
import dev.onehot.data.RowPieceBuilder;
import dev.onehot.failure.SettingNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/** Reads a run of rows of one shard, a piece at a time. */
final class IdxPieces implements Iterator<RowPiece>, Closeable {

  private static final int BUFFER_BYTES = 1 << 18;
  private static final long PIECE_BYTES = 4L << 20;

  private final IdxPieceSplit split;
  private final long mostBadRows;
  private final IdxHeader header;
  private final IdxRowReader images;

  /** Null if rows have no labels. */
  private final IdxRowReader labels;

  private final ByteBuffer values;
  private final ByteBuffer labelValues;
  private final Map<Integer, String> texts = new HashMap<>();
  private long next;
  private long badRows;

  IdxPieces(IdxPieceSplit split, Configuration hadoop, long mostBadRows) {
    IdxShard shard = split.shard();
    this.split = split;
    this.mostBadRows = mostBadRows;
    this.header = shard.images().header();
    this.next = split.first();
    int rowsAtOnce = Math.max(1, BUFFER_BYTES / header.rowBytes());
    this.values = ByteBuffer.allocate(rowsAtOnce * header.rowBytes());
    this.images = IdxRowReader.open(shard.images(), next, hadoop);
    try {
      this.labels = shard.labelled() ? IdxRowReader.open(shard.labels(), next, hadoop) : null;
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
    this.labelValues =
        labels == null ? null : ByteBuffer.allocate(rowsAtOnce * shard.labels().rowBytes());
  }

  private void closeAfter(RuntimeException failure) {
    try {
      images.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next < split.end() && badRows <= mostBadRows;
  }

  @Override
  public RowPiece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RowPieceBuilder piece = new RowPieceBuilder(split.file(), header.features(), split.missing());
    while (next < split.end() && piece.bytes() < PIECE_BYTES) {
      int rows = (int) Math.min(split.end() - next, values.capacity() / header.rowBytes());
      images.read(values.array(), 0, rows);
      if (labels != null) {
        labels.read(labelValues.array(), 0, rows);
      }
      for (int r = 0; r < rows; r++) {
        add(piece, r);
      }
      next += rows;
    }
    badRows += piece.badRows();
    return piece.build();
  }

  private void add(RowPieceBuilder piece, int row) {
    int offset = row * header.rowBytes();
    for (int j = 0; j < header.features(); j++) {
      double value = header.type().number(values, offset + j * header.type().bytes());
      if (!(value != value ? piece.addMissing(j) : piece.add(j, value))) {
        piece.badRow(
            String.format(Locale.ROOT, "feature %d", j + 1),
            Double.toString(value),
            value != value
                ? SettingNames.format("a number, or ⟨missing⟩ zero or mean")
                : "a number that fits 32 bits");
        return;
      }
    }
    if (labels != null) {
      IdxHeader form = split.shard().labels().header();
      piece.label(
          texts.computeIfAbsent(
              form.type().whole(labelValues, row * form.rowBytes()), String::valueOf));
    }
    piece.endRow();
  }

  @Override
  public void close() throws IOException {
    try (labels) {
      images.close();
    }
  }
}
