/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.IndexDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.Snapshots.Snapshot;
import io.sluice.snapshot.TableFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A table as the snapshot that is imported records it.
 *
 * @param snapshot the folder of the snapshot
 * @param definition how the table would be created again
 */
record RecordedTable(String snapshot, TableDefinition definition) {
  private static final String OPTION = "--createTable=FROM_SNAPSHOT";
  private static final Pattern PLACE =
      Pattern.compile(
          "(.+)/%s([^/]+)/%s=([^/]+)/.*".formatted(TableFolder.PREFIX, TableFolder.TIME_COLUMN));

  /**
   * Reads what the latest snapshot in the input records.
   *
   * @param places the files of the input, and the folders of manifests that list them
   * @throws JobException when they are not all of published snapshots of one table, or the latest
   *     of these does not record how the table was created
   */
  static RecordedTable of(List<String> places) {
    if (places.isEmpty()) {
      throw new JobException(OPTION + " needs a published snapshot as --input");
    }
    Snapshot latest = null;
    for (String place : places) {
      Snapshot snapshot = snapshotOf(place);
      if (latest != null && !latest.folder().equals(snapshot.folder())) {
        throw new JobException(
            "%s needs the snapshots of one table, and the input has files of %s and of %s"
                .formatted(OPTION, latest.folder().path(), snapshot.folder().path()));
      }
      latest = latest == null || latest.time().compareTo(snapshot.time()) < 0 ? snapshot : latest;
    }
    return of(latest);
  }

  private static Snapshot snapshotOf(String place) {
    Matcher parts = PLACE.matcher(place);
    if (parts.matches()) {
      try {
        return new Snapshot(
            new TableFolder(parts.group(1), parts.group(2)), SnapshotTime.parse(parts.group(3)));
      } catch (IllegalArgumentException e) {
        // The folders of others may have names that begin like ours.
      }
    }
    throw new JobException(
        "%s: %s is in no snapshot that an export published".formatted(OPTION, place));
  }

  private static RecordedTable of(Snapshot snapshot) {
    Manifest manifest;
    try {
      manifest = snapshot.manifest();
    } catch (IOException | RuntimeException e) {
      throw new JobException(OPTION + ": " + UserMessages.oneLine(e), e);
    }
    if (manifest.definition() == null) {
      throw new JobException(
          "%s: %s does not record how its table was created: give --createTable=ON_DEMAND %s"
              .formatted(OPTION, snapshot.place(), options(manifest.keySchema())));
    }
    return new RecordedTable(snapshot.place(), manifest.definition());
  }

  private static String options(KeySchema key) {
    KeyAttribute sortKey = key.sortKey();
    return "--partitionKey=%s%s"
        .formatted(key.partitionKey(), sortKey == null ? "" : " --sortKey=" + sortKey);
  }

  /** Says how the table is created, if there is something to write, and what is not restored. */
  void tell(String table, Console console) {
    console.tell(
        "%s is created as %s records it: %s"
            .formatted(table, snapshot, String.join("; ", parts())));
    List<String> lacking =
        definition.notRecorded().stream().map(TableDefinition.Part::text).toList();
    if (!lacking.isEmpty()) {
      console.tell(
          "%s does not record %s: %s is created without"
              .formatted(snapshot, String.join(" and ", lacking), table));
    }
    if (definition.ownTags().size() < definition.tags().size()) {
      console.tell(
          "%s is created without the tags whose names begin with aws:, which only AWS sets"
              .formatted(table));
    }
  }

  /** Returns what a person may want to know before it is there, and billed. */
  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    parts.add("key " + definition.keySchema());
    parts.add(billing(definition.billing()));
    for (IndexDefinition index : definition.indexes()) {
      Billing own = index.billing();
      parts.add(
          "index %s%s"
              .formatted(
                  index.name(),
                  own == null || own.equals(Billing.ON_DEMAND) ? "" : " " + billing(own)));
    }
    if (definition.stream() != null) {
      parts.add("stream of " + definition.stream());
    }
    if (definition.timeToLive() != null) {
      parts.add("time to live by " + definition.timeToLive());
    }
    if (!definition.ownTags().isEmpty()) {
      parts.add("tags " + String.join(", ", definition.ownTags().keySet()));
    }
    return parts;
  }

  private static String billing(Billing billing) {
    Billing.Provisioned provisioned = billing.provisioned();
    if (provisioned != null) {
      return units("with", provisioned.readUnits(), provisioned.writeUnits());
    }
    Billing.Maximum maximum = billing.maximum();
    return maximum == null
        ? "on demand"
        : units("on demand with at most", maximum.readUnits(), maximum.writeUnits());
  }

  private static String units(String how, @Nullable Long reads, @Nullable Long writes) {
    List<String> units = new ArrayList<>();
    if (reads != null) {
      units.add(String.format(Locale.ROOT, "%,d read units", reads));
    }
    if (writes != null) {
      units.add(String.format(Locale.ROOT, "%,d write units", writes));
    }
    return how + " " + String.join(" and ", units);
  }
}
