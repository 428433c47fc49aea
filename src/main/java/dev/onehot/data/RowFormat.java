package dev.onehot.data;

/** The formats of files that hold rows. */
public enum RowFormat {
  /** MNIST's format. */
  IDX,

  /** Text with a row on each line and a separator between columns. */
  CSV,

  /** Text with a row on each line: a label, then {@code index:value} for what isn't 0. */
  LIBSVM,

  /** NumPy's arrays, {@code .npy} and {@code .npz}. */
  NPY
}
