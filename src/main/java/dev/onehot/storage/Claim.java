package dev.onehot.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that says that something is in use, and by whom. One run at a time holds a claim.
 *
 * <p>The claim of a run that no longer lives is taken over. Its file is neither changed nor
 * replaced for that: the next owner creates a file whose name has the id of the claim before, and
 * only one run can be the first to create that. Whoever is last in this chain of files holds the
 * claim. All that it needs of a file system is a file that is created only if it is absent.
 */
public final class Claim implements Closeable {

  private final FileSystem files;
  private final List<Link> before;
  private final Link ours;
  private final Path file;
  private final Heartbeat heartbeat;
  private boolean inherited;
  private boolean closed;

  /**
   * One file of the chain.
   *
   * @param file the file
   * @param owner what it says; null if that makes no sense
   */
  record Link(Path file, ClaimOwner owner) {

    String id() {
      return owner == null ? "unreadable" : owner.id();
    }

    /** Who it is of, as the beginning of a sentence. */
    String described() {
      return owner == null ? "whoever wrote " + file : owner.toString();
    }
  }

  private Claim(FileSystem files, Path file, List<Link> before, Link ours, Heartbeat.Pulse pulse) {
    this.files = files;
    this.file = file;
    this.before = before;
    this.ours = ours;
    heartbeat = Heartbeat.start(files, ours.file(), pulse);
  }

  /**
   * Takes a claim.
   *
   * @param file the first file of the chain, in a folder that exists
   * @param run the id of this run
   * @param say gets a line if the claim of another run has to be watched, or is taken over
   * @throws ClaimedException if another run holds it and lives
   * @throws IOException if the file cannot be created
   */
  public static Claim take(
      FileSystem files, Path file, String run, Configuration hadoop, Consumer<String> say)
      throws IOException {
    Heartbeat.Pulse pulse = Heartbeat.Pulse.of(hadoop);
    ClaimOwner owner = ClaimOwner.of(run, DriverProcess.current());
    byte[] json = owner.json().getBytes(StandardCharsets.UTF_8);
    while (true) {
      List<Link> chain = chain(files, file);
      Link last = chain.isEmpty() ? null : chain.get(chain.size() - 1);
      if (last != null && Heartbeat.lives(files, last, pulse, say)) {
        throw new ClaimedException(last.owner());
      }
      Link ours = new Link(last == null ? file : successor(file, last), owner);
      try {
        WholeFile.create(files, ours.file(), out -> out.write(json));
      } catch (FileAlreadyExistsException e) {
        // Another run was faster.
        continue;
      }
      if (last == null) {
        return new Claim(files, file, chain, ours, pulse);
      }
      // Perhaps the chain has meanwhile been taken over, and removed at the end of that run.
      Link first = read(files, file);
      if (first != null && first.id().equals(chain.get(0).id())) {
        say.accept(
            String.format(
                Locale.ROOT, "%s no longer lives: this run takes its place", last.described()));
        return new Claim(files, file, chain, ours, pulse);
      }
      files.delete(ours.file(), false);
    }
  }

  private static Path successor(Path file, Link before) {
    return Storage.child(file.getParent(), file.getName() + ".after-" + before.id());
  }

  private static List<Link> chain(FileSystem files, Path file) throws IOException {
    List<Link> chain = new ArrayList<>();
    for (Link link = read(files, file); link != null; link = read(files, successor(file, link))) {
      chain.add(link);
    }
    return chain;
  }

  /** Null if there is no such file. */
  static Link read(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new Link(
          file, ClaimOwner.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** This claim's own id. */
  public UUID id() {
    return UUID.fromString(ours.owner().id());
  }

  /** The ids of the claims of runs that no longer live, whose place this one takes. */
  public List<UUID> abandoned() {
    return before.stream()
        .filter(link -> link.owner() != null)
        .map(link -> UUID.fromString(link.id()))
        .toList();
  }

  /**
   * Lets {@link #close} remove the files of the runs before this one, because everything that they
   * left behind has been removed. Without it these files stay, for the next run.
   */
  public void inherit() {
    inherited = true;
  }

  /**
   * Makes sure that no other run has taken this one's place, such as while this machine slept.
   *
   * @throws ClaimedException if one has
   */
  public void require() throws IOException {
    List<Link> chain = chain(files, file);
    Link last = chain.isEmpty() ? ours : chain.get(chain.size() - 1);
    if (!last.id().equals(ours.id())) {
      throw new ClaimedException(last.owner());
    }
  }

  /**
   * Whether this run's file is still the last of the chain. It is not, either, if another run has
   * taken this one's place and has ended meanwhile.
   */
  public boolean isHeld() throws IOException {
    List<Link> chain = chain(files, file);
    return !chain.isEmpty() && chain.get(chain.size() - 1).id().equals(ours.id());
  }

  /** Gives the claim up. Changes nothing if another run has taken this one's place. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    heartbeat.stop();
    try {
      require();
    } catch (ClaimedException e) {
      return;
    }
    removeOrphans();
    if (inherited) {
      // The first file goes first: without it the others mean nothing.
      for (Link link : before) {
        remove(files, link.file());
      }
    }
    remove(files, ours.file());
  }

  /** Removes what a run left that was killed while it gave its claim up: links of no chain. */
  private void removeOrphans() {
    Set<String> known = new HashSet<>();
    before.forEach(link -> known.add(link.file().getName()));
    known.add(ours.file().getName());
    // Perhaps another run takes this one's place just now.
    known.add(successor(file, ours).getName());
    Pattern links = Pattern.compile(Pattern.quote(file.getName()) + "\\.after-[0-9a-z-]+");
    try {
      for (FileStatus link : Storage.named(files, file.getParent(), links)) {
        if (!known.contains(link.getPath().getName())) {
          remove(files, link.getPath());
        }
      }
    } catch (IOException e) {
      // They hold nobody up. The next run tries again.
    }
  }

  private static void remove(FileSystem files, Path file) throws IOException {
    files.delete(file, false);
    Heartbeat.removeCount(files, file);
  }

  /**
   * Removes the claim of a run that no longer lives, unless another run has taken its place.
   *
   * @param id the claim's id
   */
  static void removeAbandoned(FileSystem files, Path file, UUID id) throws IOException {
    List<Link> chain = chain(files, file);
    if (chain.size() == 1 && chain.get(0).id().equals(id.toString())) {
      remove(files, file);
    }
  }
}
