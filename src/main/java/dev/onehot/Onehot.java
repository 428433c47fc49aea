package dev.onehot;

/** The command line's entry point. */
public final class Onehot {
  private Onehot() {}

  public static void main(String[] args) {
    System.out.println("onehot");
  }
}
