package dev.onehot.registry;

import dev.onehot.failure.BusyException;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;

/**
 * Which version was the champion, and when. The highest valid file of the sequence counts: one that
 * can be read, and whose version is there. So whatever a writer does, a reader finds the old
 * champion or the new one.
 */
public final class Champions {

  private final NumberedFiles sequence;
  private final Registry registry;

  Champions(NumberedFiles sequence, Registry registry) {
    this.sequence = sequence;
    this.registry = registry;
  }

  /** All promotions that can be read, the oldest first. Their versions may be gone. */
  public List<Promotion> all() throws IOException {
    List<Promotion> all = new ArrayList<>();
    for (int number : sequence.numbers()) {
      Promotion promotion = read(number);
      if (promotion != null) {
        all.add(promotion);
      }
    }
    return all;
  }

  /** The promotion of the current champion; empty if there is none yet. */
  public Optional<Promotion> current() throws IOException {
    List<Integer> numbers = sequence.numbers();
    for (int i = numbers.size() - 1; i >= 0; i--) {
      Promotion promotion = read(numbers.get(i));
      if (promotion != null && registry.isComplete(promotion.version())) {
        return Optional.of(promotion);
      }
    }
    return Optional.empty();
  }

  /** The numbers of all files, valid or not, ascending. */
  public List<Integer> numbers() throws IOException {
    return sequence.numbers();
  }

  /** The number of the last file, valid or not; 0 if there is none. */
  public int last() throws IOException {
    return sequence.last();
  }

  void removeLeftovers() throws IOException {
    sequence.removeLeftovers();
  }

  private Promotion read(int number) throws IOException {
    try {
      return Promotion.parse(sequence.text(number), number);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /**
   * Makes a version the champion, unless another one has become it meanwhile.
   *
   * @param seen the {@link #last} number when the decision was made
   * @param by who promotes
   * @param why the reason in one sentence
   * @throws BusyException if somebody has promoted a version since
   * @throws InputException if there is no such version
   */
  public Promotion promote(int version, int seen, String by, String why) throws IOException {
    return add(Promotion.of(seen + 1, version, false, by, why));
  }

  /**
   * Makes the version before the current champion the champion again. Rolling back again goes one
   * further.
   *
   * @param by who does it
   * @throws InputException if no former champion is there
   * @throws BusyException if somebody else promotes at the same time
   */
  public Promotion rollBack(String by) throws IOException {
    int seen = last();
    Promotion current =
        current()
            .orElseThrow(
                () ->
                    new InputException(
                        SettingNames.format(
                            "⟨registry⟩ %s: has no champion to go back from",
                            registry.directory())));
    Deque<Integer> former = former();
    while (!former.isEmpty()
        && (former.peek() == current.version() || !registry.isComplete(former.peek()))) {
      former.pop();
    }
    if (former.isEmpty()) {
      throw new InputException(
          SettingNames.format(
              "⟨registry⟩ %s: version %d is the champion, and no champion before it is left; models list shows what could be promoted",
              registry.directory(), current.version()));
    }
    String why = String.format(Locale.ROOT, "instead of version %d", current.version());
    return add(Promotion.of(seen + 1, former.peek(), true, by, why));
  }

  /** The versions that a rollback can go back to, the current champion first. */
  private Deque<Integer> former() throws IOException {
    Deque<Integer> stack = new ArrayDeque<>();
    for (Promotion promotion : all()) {
      if (promotion.rollback()) {
        while (!stack.isEmpty() && stack.peek() != promotion.version()) {
          stack.pop();
        }
      }
      if (stack.isEmpty() || stack.peek() != promotion.version()) {
        stack.push(promotion.version());
      }
    }
    return stack;
  }

  private Promotion add(Promotion promotion) throws IOException {
    registry.require(promotion.version());
    try {
      sequence.create(promotion.number(), promotion.json());
    } catch (FileAlreadyExistsException e) {
      throw new BusyException(meanwhile(promotion), e);
    } catch (IOException e) {
      throw registry.unwritable(e);
    }
    // It may have been pruned at the same moment. Then the champion before it counts again.
    registry.require(promotion.version());
    return promotion;
  }

  private String meanwhile(Promotion wanted) throws IOException {
    Promotion winner = read(wanted.number());
    return SettingNames.format(
        "⟨registry⟩ %s: version %d is not promoted, because %s; look at models list, and try again if it is still wanted",
        registry.directory(),
        wanted.version(),
        winner == null
            ? "somebody else has promoted one meanwhile"
            : String.format(
                Locale.ROOT,
                "%s has promoted version %d meanwhile (%s)",
                winner.by(),
                winner.version(),
                winner.promoted()));
  }
}
