/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the published snapshots of an output: those that have {@code _SUCCESS} and a manifest. It
 * reads only on demand, and sees the state at that time.
 */
public final class Snapshots {
  private final String output;

  private Snapshots(String output) {
    this.output = output;
  }

  /**
   * A published snapshot.
   *
   * @param folder the folder of its table's snapshots
   * @param time the time in its name
   */
  public record Snapshot(TableFolder folder, SnapshotTime time) {

    /** Returns its folder, ending in a slash. */
    public String place() {
      return folder.snapshot(time);
    }

    /**
     * Reads its manifest.
     *
     * @throws IOException when it cannot be read, is damaged, or was removed meanwhile
     */
    public Manifest manifest() throws IOException {
      Manifest manifest =
          manifestIn(Folder.of(place()))
              .orElseThrow(() -> new PublishException(place() + " is not published any more"));
      if (!manifest.table().equals(folder.table()) || !manifest.time().equals(time)) {
        throw new PublishException(
            "%s has the manifest of another snapshot, of the table %s at %s"
                .formatted(place(), manifest.table(), manifest.time()));
      }
      return manifest;
    }
  }

  /**
   * Finds the snapshots of an output.
   *
   * @param output a folder of any Beam file system
   */
  public static Snapshots under(String output) {
    return new Snapshots(output);
  }

  /** Returns the snapshots of a table, oldest first. */
  public List<Snapshot> of(String table) throws IOException {
    TableFolder folder = new TableFolder(output, table);
    return states(folder).entrySet().stream()
        .filter(e -> e.getValue() == SnapshotState.PUBLISHED)
        .map(e -> new Snapshot(folder, e.getKey()))
        .toList();
  }

  /** Returns the snapshot of a table with the latest time; empty when none is published. */
  public Optional<Snapshot> latest(String table) throws IOException {
    List<Snapshot> all = of(table);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /**
   * Returns the latest snapshot of each table that has one, in the order of the tables' names. On
   * S3 this lists everything in the output.
   */
  public List<Snapshot> latest() throws IOException {
    TreeMap<String, Set<String>> tables = new TreeMap<>();
    String pattern = TableFolder.PREFIX + "*/" + TableFolder.TIME_COLUMN + "=*/_*";
    for (String name : Folder.of(output).list(pattern).keySet()) {
      int slash = name.indexOf('/');
      tables
          .computeIfAbsent(
              name.substring(TableFolder.PREFIX.length(), slash), table -> new TreeSet<>())
          .add(name.substring(slash + 1));
    }
    return tables.entrySet().stream()
        .filter(table -> TableFolder.isTable(table.getKey()))
        .flatMap(
            table ->
                states(table.getValue()).entrySet().stream()
                    .filter(e -> e.getValue() == SnapshotState.PUBLISHED)
                    .map(e -> new Snapshot(new TableFolder(output, table.getKey()), e.getKey()))
                    .reduce((earlier, later) -> later)
                    .stream())
        .toList();
  }

  /** Returns the state of each of a table's snapshots, published or not. */
  public static TreeMap<SnapshotTime, SnapshotState> states(TableFolder folder) throws IOException {
    return states(Folder.of(folder.path()).list(TableFolder.TIME_COLUMN + "=*/_*").keySet());
  }

  private static TreeMap<SnapshotTime, SnapshotState> states(Set<String> names) {
    TreeMap<String, Set<String>> folders = new TreeMap<>();
    for (String name : names) {
      int slash = name.indexOf('/');
      folders
          .computeIfAbsent(
              name.substring(TableFolder.TIME_COLUMN.length() + 1, slash), time -> new TreeSet<>())
          .add(name.substring(slash + 1));
    }
    TreeMap<SnapshotTime, SnapshotState> states = new TreeMap<>();
    for (Map.Entry<String, Set<String>> folder : folders.entrySet()) {
      timeOf(folder.getKey())
          .ifPresent(time -> states.put(time, SnapshotState.of(folder.getValue())));
    }
    return states;
  }

  /** Parses a time; empty for folders of others whose names only begin like ours. */
  private static Optional<SnapshotTime> timeOf(String text) {
    try {
      return Optional.of(SnapshotTime.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads the manifest of a snapshot; empty when it is not published. */
  public static Optional<Manifest> manifestIn(Folder snapshot) throws IOException {
    return manifestIn(snapshot, SnapshotState.SUCCESS);
  }

  /** Reads the manifest of a snapshot that is held; empty when none is, or it is published. */
  public static Optional<Manifest> heldIn(Folder snapshot) throws IOException {
    return snapshot.read(SnapshotState.SUCCESS).isPresent()
        ? Optional.empty()
        : manifestIn(snapshot, SnapshotState.HELD_MARK);
  }

  private static Optional<Manifest> manifestIn(Folder snapshot, String mark) throws IOException {
    if (snapshot.read(mark).isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> json = snapshot.read(SnapshotState.MANIFEST);
    try {
      return json.map(bytes -> ManifestJson.read(new String(bytes, UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new PublishException(
          snapshot + SnapshotState.MANIFEST + " is damaged: " + e.getMessage(), e);
    }
  }
}
