package dev.onehot.data.npy;

/** Which rows of an {@code .npz} file are meant that holds both. */
public enum NpyPart {
  /** Rows to train on, such as {@code x_train}. */
  TRAIN,

  /** Rows to test on, such as {@code x_test}. */
  TEST
}
