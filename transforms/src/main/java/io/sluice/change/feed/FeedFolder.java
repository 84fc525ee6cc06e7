/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The folder of the changes of one table: {@code OUTPUT/changes_TABLE/}, with the files of changes
 * by hour, and below {@code _commits/} the commits that list them.
 *
 * @param output the folder of the feeds of all tables, without a slash at its end
 * @param table the table's name
 */
public record FeedFolder(String output, String table) implements Serializable {

  /** The column of the partitions: the hour of the changes, such as {@code 2026-01-31T23}. */
  public static final String HOUR_COLUMN = "change_hour";

  private static final String PREFIX = "changes_";
  private static final String COMMITS = "_commits/";
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{1,255}");
  private static final Pattern COMMIT =
      Pattern.compile("/" + PREFIX + "([a-zA-Z0-9_.-]{1,255})/" + COMMITS + "[0-9]{12}\\.json$");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]{}\\\\]");
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);

  public FeedFolder {
    output = output.replaceFirst("/+$", "");
    if (output.isEmpty() || output.endsWith(":") || WILDCARD.matcher(output).find()) {
      throw new IllegalArgumentException(
          "the output '" + output + "' must name a folder, without any of * ? [ ] { } \\");
    }
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "'" + table + "' is no name of a table: letters, digits, '_', '-', '.', 255 at most");
    }
  }

  /**
   * Finds the feeds of an output, in the order of their tables' names. On S3 this lists everything
   * in them.
   */
  public static List<FeedFolder> under(String output) throws IOException {
    String folder = output.replaceFirst("/+$", "");
    TreeSet<String> tables = new TreeSet<>();
    for (MatchResult.Metadata file :
        Storage.match(Glob.escape(folder) + "/" + PREFIX + "*/" + COMMITS + "*.json")) {
      Matcher name = COMMIT.matcher(file.resourceId().toString());
      if (name.find()) {
        tables.add(name.group(1));
      }
    }
    return tables.stream().map(table -> new FeedFolder(folder, table)).toList();
  }

  /** Returns the folder, ending in a slash. */
  public String path() {
    return output + "/" + PREFIX + table + "/";
  }

  /** Returns the folder of the commits, ending in a slash; readers of data ignore it. */
  public String commits() {
    return path() + COMMITS;
  }

  /**
   * Returns the name within the folder of a subfolder with the changes of an hour of UTC, ending in
   * a slash.
   */
  public static String hourFolder(Instant time) {
    return HOUR_COLUMN + "=" + HOUR.format(time) + "/";
  }

  /** Returns the beginning of the names of the files of all runs that want to make this commit. */
  static String filePrefix(long number) {
    return String.format(Locale.ROOT, "%012d-", number);
  }

  /**
   * Returns the beginning of the names, within the folder of an hour, of the files of a run.
   *
   * @param number of the commit that it wants to make
   * @param run its unique name
   */
  public static String filePrefix(long number, String run) {
    return filePrefix(number) + run + "-";
  }
}
