/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import io.sluice.testing.LocalAws;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * As {@link EmbeddedDynamoDb}, in a JVM of its own: what it costs is not charged to a client that
 * is measured, and its items may be on disk.
 */
public final class DynamoDbProcess implements AutoCloseable {
  private final LocalAws process;
  private final AdminClient admin;
  private EndpointSettings settings;

  private DynamoDbProcess(LocalAws process, EndpointSettings settings) {
    this.process = process;
    this.admin = new AdminClient(process.dynamodbEndpoint());
    this.settings = settings;
  }

  /** Starts one with its items in memory. */
  public static DynamoDbProcess start(EndpointSettings settings) {
    return start(settings, List.of("--inMemory"));
  }

  /** Starts one with its items in a folder. */
  public static DynamoDbProcess start(EndpointSettings settings, Path folder) {
    return start(settings, List.of("--data=" + folder));
  }

  private static DynamoDbProcess start(EndpointSettings settings, List<String> options) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--admin", "--expiry=0", "--dynamodbPort=" + settings.port()));
    LocalAws process = LocalAws.start(all);
    try {
      DynamoDbProcess started = new DynamoDbProcess(process, settings);
      started.create();
      started.admin.apply(settings);
      started.admin.reset();
      return started;
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private void create() {
    admin.ask("CreateTable", settings.table().creation());
    if (settings.generated() != null) {
      admin.fill(settings.table().name(), settings.generated());
    }
  }

  public URI endpoint() {
    return process.dynamodbEndpoint();
  }

  public Books books() {
    return admin.books(settings.table().name());
  }

  public EndpointSettings settings() {
    return settings;
  }

  /** Forgets the books, and items unless they are generated; random faults go on as they were. */
  public void reset() {
    if (settings.generated() == null) {
      admin.ask("DeleteTable", settings.table().deletion());
      create();
    }
    admin.reset();
  }

  /** Changes throughput, faults or times; the rest of the settings must be as it is. */
  public void change(EndpointSettings changed) {
    settings = changed;
    admin.apply(changed);
  }

  /** The CPU time that it has used. */
  public Duration cpu() {
    return process.cpu();
  }

  @Override
  public void close() {
    process.close();
  }
}
