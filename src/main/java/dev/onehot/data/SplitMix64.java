package dev.onehot.data;

/**
 * The output function of SplitMix64: a bijection of 64 bits in which every bit of the argument
 * moves about half of the result's.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood: Fast Splittable
 *     Pseudorandom Number Generators (2014)</a>, with the constants of Stafford's variant 13
 */
final class SplitMix64 {

  /** The odd integer nearest to 2⁶⁴ divided by the golden ratio: the step between two states. */
  static final long GAMMA = 0x9e3779b97f4a7c15L;

  private SplitMix64() {}

  static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
