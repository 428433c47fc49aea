package dev.onehot.job;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.onehot.failure.InputException;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.Sha256;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Compares the files of a model directory with the SHA-256 that run.json and model.json hold. It
 * finds mistakes and damage. Whoever wants to deceive can write these files anew.
 *
 * @param directory the model's directory
 * @param findings what is not as it was published, sorted by file; empty if nothing is
 * @param files the number of files that were published
 */
public record ModelCheck(Path directory, List<Finding> findings, int files) {

  /** What can be wrong with a file. */
  public enum Kind {
    CHANGED,
    MISSING,
    EXTRA
  }

  /**
   * A file that is not as it was published.
   *
   * @param file the file's name
   * @param kind what is wrong
   */
  public record Finding(String file, Kind kind) {}

  private static final Gson JSON = new Gson();

  /** The part of run.json and of model.json that counts here. */
  private record Listing(Map<String, String> files) {}

  /**
   * Checks a model directory on any file system. Hidden files, whose names begin with a dot, do not
   * count.
   *
   * @throws InputException if it is no model directory, cannot be read, or was written by a former
   *     version, which kept no SHA-256
   */
  public static ModelCheck of(Path directory, Configuration hadoop) {
    try {
      return new Checking(directory, Storage.of(directory, hadoop)).check();
    } catch (FileNotFoundException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: no such directory; name a model's", directory), e);
    } catch (IOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT, "%s: cannot be read (%s)", directory, Storage.reason(e, directory)),
          e);
    }
  }

  private record Checking(Path directory, FileSystem system) {

    ModelCheck check() throws IOException {
      Set<String> found = names();
      if (!found.contains(Verdict.NAME) && !found.contains(ModelFiles.DESCRIPTION)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: has neither %s nor %s, so it is no model directory",
                directory,
                Verdict.NAME,
                ModelFiles.DESCRIPTION));
      }
      TreeMap<String, Kind> findings = new TreeMap<>();
      Map<String, String> expected = expected(found, findings);
      for (Map.Entry<String, String> file : expected.entrySet()) {
        if (!found.contains(file.getKey())) {
          findings.put(file.getKey(), Kind.MISSING);
        } else if (!file.getValue().equals(sha256(file.getKey()))) {
          findings.put(file.getKey(), Kind.CHANGED);
        }
      }
      if (!found.contains(Verdict.NAME)) {
        findings.put(Verdict.NAME, Kind.MISSING);
      }
      // Without an intact run.json it isn't known which other files there were.
      if (!findings.containsKey(Verdict.NAME)) {
        found.stream()
            .filter(name -> !expected.containsKey(name) && !name.equals(Verdict.NAME))
            .forEach(name -> findings.put(name, Kind.EXTRA));
      }
      List<Finding> list = new ArrayList<>();
      findings.forEach((name, kind) -> list.add(new Finding(name, kind)));
      return new ModelCheck(directory, List.copyOf(list), expected.size() + 1);
    }

    private Set<String> names() throws IOException {
      if (system.getFileStatus(directory).isFile()) {
        throw new InputException(
            String.format(Locale.ROOT, "%s: is a file; name a model's directory", directory));
      }
      Set<String> names = new TreeSet<>();
      for (FileStatus file : system.listStatus(directory)) {
        if (!file.getPath().getName().startsWith(".")) {
          names.add(file.getPath().getName());
        }
      }
      return names;
    }

    /** What run.json lists. Without an intact run.json, what model.json lists. */
    private Map<String, String> expected(Set<String> found, Map<String, Kind> findings)
        throws IOException {
      if (found.contains(Verdict.NAME)) {
        String run = text(Verdict.NAME);
        Map<String, String> listed = listed(run);
        if (!listed.isEmpty() && Seal.holds(run, Verdict.SEAL)) {
          return listed;
        }
        findings.put(Verdict.NAME, Kind.CHANGED);
      }
      Map<String, String> listed =
          found.contains(ModelFiles.DESCRIPTION)
              ? new TreeMap<>(listed(text(ModelFiles.DESCRIPTION)))
              : Map.of();
      if (listed.isEmpty()) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: holds no SHA-256 of its files: a former version of Onehot wrote it, or both %s and %s are damaged",
                directory,
                Verdict.NAME,
                ModelFiles.DESCRIPTION));
      }
      return listed;
    }

    private static Map<String, String> listed(String json) {
      try {
        Listing listing = JSON.fromJson(json, Listing.class);
        return listing == null || listing.files == null ? Map.of() : listing.files;
      } catch (JsonParseException e) {
        return Map.of();
      }
    }

    private String text(String name) throws IOException {
      try (InputStream in = system.open(Storage.child(directory, name))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    private String sha256(String name) throws IOException {
      Path file = Storage.child(directory, name);
      if (system.getFileStatus(file).isDirectory()) {
        return "a directory";
      }
      try (InputStream in = system.open(file)) {
        return Sha256.of(in);
      }
    }
  }
}
