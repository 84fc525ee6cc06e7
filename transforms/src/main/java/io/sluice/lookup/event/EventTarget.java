/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import io.sluice.snapshot.Folder;
import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The folder of the result of one run.
 *
 * @param output the folder
 * @param run the unique name of the run, of letters, digits and hyphens
 * @param staging the folder in which files are until all are complete, ending in a slash
 * @param claim by which the run takes files that no other has taken; null for any files
 */
public record EventTarget(String output, String run, String staging, @Nullable Claim claim)
    implements Serializable {
  public static final String PART = "part-";

  /** Readers ignore names with this beginning. */
  public static final String STAGING = "_staging/";

  /** Written before the first file is copied, so that a killed run's are recognised as ours. */
  public static final String PUBLISHING = STAGING + "_publishing";

  /** Among the staged files of a claim: shows that they are all there, though there be none. */
  public static final String COMPLETE = "_complete";

  public static final String MANIFEST = "_manifest.json";
  public static final String SUCCESS = "_SUCCESS";

  private static final Pattern FOLDER = Pattern.compile("([0-9]{12})/.*");
  private static final Pattern STAGED = Pattern.compile("_staging-([0-9]{12})-([-A-Za-z0-9]+)/.*");

  /** The staged files of all claims, within the output. */
  public static final String ALL_STAGED = "_staging-*/*";

  /**
   * How a run takes files: by an entry of the ledger of the output of all runs.
   *
   * @param output of all runs
   */
  public record Claim(String output, LedgerEntry entry) implements Serializable {}

  public EventTarget {
    if (!run.matches("[-A-Za-z0-9]+")) {
      throw new IllegalArgumentException("run is '" + run + "', must be letters, digits, hyphens");
    }
    output = FileSystems.matchNewResource(output, true).toString();
    staging = FileSystems.matchNewResource(staging, true).toString();
  }

  /** A folder that has the result of one run only. */
  public EventTarget(String output, String run) {
    this(output, run, within(output) + STAGING + run + "/", null);
  }

  /** Returns the folder of a run among those of others, for what an entry of their ledger lists. */
  public static EventTarget of(String output, LedgerEntry entry) {
    String number = String.format(Locale.ROOT, "%012d", entry.number());
    return new EventTarget(
        within(output) + number + "/",
        entry.run(),
        // Not in a folder with those of others, which the last one to go would delete.
        within(output) + "_staging-" + number + "-" + entry.run() + "/",
        new Claim(output, entry));
  }

  private static String within(String output) {
    return FileSystems.matchNewResource(output, true).toString();
  }

  /** Whether a name within the output of all runs is in the folder of one. */
  public static boolean isOfRun(String name) {
    return FOLDER.matcher(name).matches();
  }

  /**
   * Whether a name within the output of all runs is of a staged file of this run, or of one that
   * wanted a number which others have had for long.
   */
  public boolean isStagedInVain(String name, long number) {
    Matcher staged = STAGED.matcher(name);
    return staged.matches()
        && (staged.group(2).equals(run) || Long.parseLong(staged.group(1)) < number);
  }

  /** Returns the numbers that runs want whose files are staged, by their names in the output. */
  public static TreeSet<Long> stagedNumbers(Set<String> names) {
    TreeSet<Long> numbers = new TreeSet<>();
    for (String name : names) {
      Matcher staged = STAGED.matcher(name);
      if (staged.matches()) {
        numbers.add(Long.parseLong(staged.group(1)));
      }
    }
    return numbers;
  }

  /** Whether a name within the output of all runs is of a staged file of this run. */
  public boolean hasStaged(String name) {
    Matcher staged = STAGED.matcher(name);
    return staged.matches() && staged.group(2).equals(run);
  }

  public Folder folder() {
    return Folder.of(output);
  }
}
