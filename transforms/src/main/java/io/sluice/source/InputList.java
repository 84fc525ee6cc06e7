/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.Format;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/** The files that the patterns of an input match, listed once; see {@link InputFiles#list}. */
public final class InputList {
  private final List<Match> matches;

  InputList(List<Match> matches) {
    this.matches = List.copyOf(matches);
  }

  /**
   * The matches of one pattern.
   *
   * @param pattern as given
   * @param isName whether it is exactly the name of a file, so that nothing is left out
   * @param files the files
   * @param hidden files that are left out because they, or folders of theirs, are hidden
   * @param folders subfolders of a folder, whose files are left out
   */
  record Match(
      String pattern,
      boolean isName,
      List<MatchResult.Metadata> files,
      List<ResourceId> hidden,
      List<ResourceId> folders) {}

  /** Returns the files of both lists. */
  public InputList and(InputList other) {
    List<Match> both = new ArrayList<>(matches);
    both.addAll(other.matches);
    return new InputList(both);
  }

  /** Returns a list of exactly these files. */
  public static InputList ofExactly(List<MatchResult.Metadata> files) {
    return new InputList(
        files.stream()
            .map(
                file ->
                    new Match(
                        file.resourceId().toString(), true, List.of(file), List.of(), List.of()))
            .toList());
  }

  /** Returns the files that there are, sorted by name, each once; perhaps none. */
  public List<MatchResult.Metadata> found() {
    TreeMap<String, MatchResult.Metadata> files = new TreeMap<>();
    for (Match match : matches) {
      match.files.forEach(file -> files.put(file.resourceId().toString(), file));
    }
    return new ArrayList<>(files.values());
  }

  /**
   * Returns all files, sorted by name, each once.
   *
   * @throws FileNotFoundException when a pattern matches none
   */
  public List<MatchResult.Metadata> files() throws FileNotFoundException {
    return files(file -> true);
  }

  /**
   * Returns the files that contain records of a format, see {@link Format#isData}, and those that
   * are named exactly.
   *
   * @throws FileNotFoundException when a pattern matches none
   */
  public List<MatchResult.Metadata> files(Format format) throws FileNotFoundException {
    return files(file -> format.isData(String.valueOf(file.resourceId().getFilename())));
  }

  private List<MatchResult.Metadata> files(Predicate<MatchResult.Metadata> isData)
      throws FileNotFoundException {
    TreeMap<String, MatchResult.Metadata> files = new TreeMap<>();
    for (Match match : matches) {
      List<MatchResult.Metadata> data =
          match.isName ? match.files : match.files.stream().filter(isData).toList();
      if (data.isEmpty()) {
        throw new FileNotFoundException("no file matches " + match.pattern + butFolders(match));
      }
      data.forEach(file -> files.put(file.resourceId().toString(), file));
    }
    return new ArrayList<>(files.values());
  }

  private static String butFolders(Match match) {
    return match.folders.isEmpty() ? "" : ", only folders in it do: give " + deep(match);
  }

  private static String deep(Match match) {
    return match.pattern + (match.pattern.endsWith("/") ? "**" : "/**");
  }

  /** Returns one line that reports what was left out; empty when nothing was. */
  public Optional<String> leftOut() {
    return leftOut(true);
  }

  /** Returns one line that reports the folders that were left out; empty when none was. */
  public Optional<String> leftOutFolders() {
    return leftOut(false);
  }

  private Optional<String> leftOut(boolean withHidden) {
    List<String> parts = new ArrayList<>();
    for (Match match : matches) {
      if (!match.folders.isEmpty()) {
        parts.add(
            counted(match.folders, "folder")
                + " in "
                + match.pattern
                + ", "
                + example(match.folders)
                + " (give "
                + deep(match)
                + " to read all)");
      }
      List<ResourceId> hidden =
          match.hidden.stream().filter(file -> !"_SUCCESS".equals(file.getFilename())).toList();
      if (withHidden && !hidden.isEmpty()) {
        parts.add(
            counted(hidden, "file") + " hidden by a name with _ or . in front, " + example(hidden));
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("not read: " + String.join("; ", parts));
  }

  private static String counted(List<ResourceId> some, String what) {
    return some.size() + " " + what + (some.size() == 1 ? "" : "s");
  }

  private static String example(List<ResourceId> some) {
    return (some.size() == 1 ? "" : "such as ") + some.get(0);
  }
}
