package dev.onehot.storage;

import java.io.IOException;

/** Another run holds a claim. */
public final class ClaimedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient ClaimOwner owner;

  ClaimedException(ClaimOwner owner) {
    super("claimed by " + owner);
    this.owner = owner;
  }

  /** Who holds the claim; null if its file cannot be read. */
  public ClaimOwner owner() {
    return owner;
  }

  /** Who holds the claim, as part of a sentence. */
  public String holder() {
    return owner == null ? "another run" : "run " + owner.run();
  }

  /** Where the run is, as part of a sentence. */
  public String where() {
    return owner == null ? "its claim cannot be read" : owner.process().toString();
  }
}
