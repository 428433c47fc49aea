package dev.onehot.data.idx;

import dev.onehot.data.ImageShape;
import dev.onehot.data.MissingValues;
import dev.onehot.data.PieceInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * IDX files of numbers that don't fit a block of bytes as they are: of another type than unsigned
 * bytes, or in rows that are longer.
 *
 * @param shards the opened files, none empty
 * @param mostRows the most rows to read, from the first
 * @param missing what becomes of NaN
 */
record IdxInput(List<IdxShard> shards, long mostRows, MissingValues missing) implements PieceInput {

  /** A task reads so many bytes of a raw file at a time. */
  private static final long SPLIT_BYTES = 32L << 20;

  IdxInput {
    shards = List.copyOf(shards);
  }

  @Override
  public String description() {
    return IdxShard.description(shards);
  }

  @Override
  public List<String> files() {
    return IdxShard.locations(shards);
  }

  @Override
  public boolean labelled() {
    return shards.get(0).labelled();
  }

  @Override
  public List<String> featureNames() {
    return List.of();
  }

  @Override
  public int features() {
    return shards.get(0).images().header().features();
  }

  @Override
  public Optional<ImageShape> pictures() {
    return shards.get(0).images().pictures();
  }

  /** Runs of rows of raw files; compressed files whole. */
  @Override
  public List<IdxPieceSplit> splits() {
    return splits(SPLIT_BYTES);
  }

  /** The same with splits of another length. */
  List<IdxPieceSplit> splits(long bytes) {
    List<IdxPieceSplit> splits = new ArrayList<>();
    for (IdxShard shard : shards) {
      IdxFile images = shard.images();
      long rows = Math.min(images.rows(), mostRows - shard.firstRow());
      long atOnce = images.gzip() ? rows : Math.max(1, bytes / images.rowBytes());
      for (long row = 0; row < rows; row += atOnce) {
        splits.add(new IdxPieceSplit(shard, row, Math.min(rows, row + atOnce), missing));
      }
    }
    return List.copyOf(splits);
  }
}
