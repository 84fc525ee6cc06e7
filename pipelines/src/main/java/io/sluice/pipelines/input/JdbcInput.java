/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.source.KeyFrom;
import io.sluice.source.jdbc.OpenRows;
import io.sluice.source.jdbc.ReadRows;
import io.sluice.source.jdbc.RowQuery;
import io.sluice.source.jdbc.RowsPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of a database, whose snapshot is held until this is closed. */
public final class JdbcInput implements ItemInput {
  /** More connections than that are for somebody to ask for. */
  private static final int ORDINARY_PARTITIONS = 16;

  /** The property of the report that says what the rows are consistent with. */
  static final String CONSISTENCY = "consistency";

  private final OpenRows rows;

  private JdbcInput(OpenRows rows) {
    this.rows = rows;
  }

  /**
   * Opens the rows, and prints what they are not consistent with.
   *
   * @param workers slots of the cluster; 0 when all work is in this JVM
   * @param waits whether this program waits for the end of the job, so that it can hold a snapshot
   * @throws JobException when the database cannot be reached, or does not have what is asked for
   */
  public static JdbcInput open(JdbcSettings settings, int workers, boolean waits, Console console) {
    int slots = workers == 0 ? EmbeddedEngine.processors() : workers;
    RowQuery query =
        settings.choosesSlices()
            ? settings.query().withPartitions(Math.min(ORDINARY_PARTITIONS, slots))
            : settings.query();
    try {
      JdbcInput input = new JdbcInput(OpenRows.open(settings.database(), query, waits));
      if (!input.plan().isConsistent()) {
        console.tell("the input is " + input.consistency());
      }
      return input;
    } catch (IOException e) {
      throw new JobException(UserMessages.oneLine(e), e);
    }
  }

  private RowsPlan plan() {
    return rows.plan();
  }

  private String consistency() {
    return switch (plan().consistency()) {
      case SNAPSHOT -> "one snapshot of the database";
      case STATEMENT -> "one statement";
      case STATEMENTS ->
          "not one snapshot: each of the %d statements sees what is committed when it begins"
              .formatted(plan().statements());
    };
  }

  @Override
  public ReadRows read(Reading how) {
    return ReadRows.of(plan())
        .withKey(how.key(), how.keyFrom())
        .withIndexKeys(how.indexKeys())
        .withThreads(how.threads())
        .intoBuckets(how.buckets());
  }

  @Override
  public Optional<String> title() {
    return Optional.of(plan().title());
  }

  @Override
  public long bytes() {
    return plan().bytes();
  }

  /** The sizes of rows are estimated, too. */
  @Override
  public boolean isCompressed() {
    return true;
  }

  /** An estimate of the database may be far off. */
  @Override
  public boolean isGuess() {
    return true;
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of("format", InputSourceNames.JDBC, CONSISTENCY, consistency());
  }

  @Override
  public boolean isOneState() {
    return plan().isConsistent();
  }

  @Override
  public void checkKey(KeySchema key, KeyFrom from) {
    List<String> needed = new ArrayList<>(from.columns());
    for (KeyAttribute attribute : key.attributes()) {
      boolean isMade =
          from.source() != KeyFrom.Source.RECORD && attribute.equals(key.partitionKey());
      if (!isMade) {
        needed.add(attribute.name());
      }
    }
    List<String> columns = plan().columnNames();
    for (String name : needed) {
      if (!columns.contains(name)) {
        throw new JobException(missing(name, columns));
      }
    }
  }

  private String missing(String name, List<String> columns) {
    String other = columns.stream().filter(name::equalsIgnoreCase).findFirst().orElse("its column");
    return "%s has no column '%s', of which the table's key is: it has %s; SELECT %s AS \"%s\" names one"
        .formatted(plan().title(), name, String.join(", ", columns), other, name);
  }

  @Override
  public void close() {
    rows.close();
  }
}
