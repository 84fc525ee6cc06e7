/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import io.sluice.capacity.Capacity;
import io.sluice.capacity.TableCapacity;
import io.sluice.dynamodb.table.TableInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * What a plan depends on: facts by the names of the things that they are about.
 *
 * @param facts texts that differ when the thing has changed
 */
public record JobState(Map<String, String> facts) {
  /** From how many files on they are one fact together. */
  private static final int MANY_FILES = 1_000;

  /** Enough that two jobs never have the same. */
  private static final int FINGERPRINT_BYTES = 10;

  public JobState {
    facts = new TreeMap<>(facts);
  }

  /** Returns the state of nothing. */
  public static JobState empty() {
    return new JobState(Map.of());
  }

  private JobState with(String name, String fact) {
    Map<String, String> more = new TreeMap<>(facts);
    more.put(name, fact);
    return new JobState(more);
  }

  /** Adds any other thing. */
  public JobState and(String name, String fact) {
    return with(name, fact);
  }

  /**
   * Adds all that another job depends on.
   *
   * @param job names it
   */
  public JobState ofJob(String job, JobState other) {
    Map<String, String> more = new TreeMap<>(facts);
    other.facts.forEach((name, fact) -> more.put(job + ": " + name, fact));
    return new JobState(more);
  }

  /** Adds a table, its key and indexes, and its capacity; not its items, which change. */
  public JobState ofTable(TableInfo table) {
    List<String> indexes = new ArrayList<>();
    table.indexes().forEach(index -> indexes.add(index.name() + index.key()));
    String what =
        table.exists()
            ? table.arn() + " with the key " + table.keySchema() + " and the indexes " + indexes
            : "not there";
    return with("the table " + table.name(), what)
        .with("the capacity of " + table.name(), text(table.capacity()));
  }

  private static String text(TableCapacity capacity) {
    StringBuilder text = new StringBuilder(text(capacity.table()));
    new TreeMap<>(capacity.indexes())
        .forEach((name, index) -> text.append(", ").append(name).append(' ').append(text(index)));
    return text.toString();
  }

  private static String text(Capacity capacity) {
    return "%.0f write and %.0f read units a second"
        .formatted(capacity.writeUnits(), capacity.readUnits());
  }

  /** Adds files: their sizes, and their entity tags or else the times of their last change. */
  public JobState ofFiles(List<MatchResult.Metadata> files) {
    if (files.size() < MANY_FILES) {
      Map<String, String> more = new TreeMap<>(facts);
      files.forEach(file -> more.put(file.resourceId().toString(), text(file)));
      return new JobState(more);
    }
    MessageDigest hash = sha256();
    Map<String, String> sorted = new TreeMap<>();
    files.forEach(file -> sorted.put(file.resourceId().toString(), text(file)));
    sorted.forEach(
        (name, fact) -> hash.update((name + "\n" + fact + "\n").getBytes(StandardCharsets.UTF_8)));
    return with("the input", files.size() + " files, " + HexFormat.of().formatHex(hash.digest()));
  }

  private static String text(MatchResult.Metadata file) {
    String tag = file.checksum();
    return file.sizeBytes()
        + " bytes, "
        + (tag == null ? "as of " + file.lastModifiedMillis() : tag);
  }

  /** Returns a short text that is the same for the same facts only. */
  public String fingerprint() {
    byte[] hash = sha256().digest(facts.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Returns what has changed since then, one line for each thing. */
  public List<String> changesSince(JobState then) {
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(then.facts.keySet());
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      String was = then.facts.get(name);
      String is = facts.get(name);
      if (!Objects.equals(was, is)) {
        changes.add(
            is == null
                ? name + " is not there any more"
                : was == null
                    ? name + " was not there"
                    : "%s was %s, and is %s".formatted(name, was, is));
      }
    }
    return changes;
  }
}
