/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import io.sluice.localaws.dynamodb.admin.Admin;
import io.sluice.localaws.dynamodb.book.Bookkeeper;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.fault.FaultRule;
import io.sluice.localaws.dynamodb.fault.Faults;
import io.sluice.localaws.dynamodb.fault.Latency;
import io.sluice.localaws.dynamodb.http.DynamoDbHttpServer;
import io.sluice.localaws.dynamodb.http.HttpSettings;
import io.sluice.localaws.dynamodb.rehearsal.Rehearsal;
import io.sluice.localaws.dynamodb.scaling.AutoScaling;
import io.sluice.localaws.dynamodb.scaling.ScalingSettings;
import io.sluice.localaws.dynamodb.service.BucketSettings;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Pages;
import io.sluice.localaws.dynamodb.service.Responder;
import io.sluice.localaws.dynamodb.service.Traffic;
import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.localaws.dynamodb.signature.SignatureCheck;
import io.sluice.localaws.dynamodb.storage.MemoryStorage;
import io.sluice.localaws.dynamodb.storage.Storage;
import io.sluice.localaws.dynamodb.stream.StreamSettings;
import io.sluice.localaws.dynamodb.stream.Streams;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Says what DynamoDB is to be started, and starts it. */
public final class DynamoDbBuilder {

  /** Is how many requests are answered at the same time. */
  private static final int THREADS = 16;

  private HttpSettings http = HttpSettings.local(0, THREADS);
  private InstantSource clock = InstantSource.system();
  private boolean isOtherClock;
  private Storage storage = new MemoryStorage();
  private StreamSettings streams = StreamSettings.SERVICE;
  private Duration expiry = Duration.ZERO;
  private Optional<AccessKey> key = Optional.empty();
  private Optional<Buckets> buckets = Optional.empty();
  private int exportFiles = BucketSettings.EXPORT_FILES;
  private CapacitySettings capacity = CapacitySettings.OFF;
  private Latency latency = Latency.NONE;
  private List<FaultRule> rules = List.of();
  private long seed = 42;
  private boolean plain;
  private boolean admin;

  DynamoDbBuilder() {}

  /** Has it listen on a port of this machine; 0, as without, for any that is free. */
  public DynamoDbBuilder port(int port) {
    return at(http.address(), port);
  }

  /** Has it listen on a port of another address than the loopback one. */
  public DynamoDbBuilder at(InetAddress address, int port) {
    http = HttpSettings.local(port, THREADS).on(address);
    return this;
  }

  /** Keeps tables in a storage, which is closed with it; in memory without. */
  public DynamoDbBuilder storage(Storage newStorage) {
    storage = newStorage;
    return this;
  }

  /** Says how streams behave; without, as the service's. */
  public DynamoDbBuilder streams(StreamSettings newStreams) {
    streams = newStreams;
    return this;
  }

  /** Deletes expired items again and again; without, or with a period of zero, never. */
  public DynamoDbBuilder expiry(Duration period) {
    expiry = period;
    return this;
  }

  /**
   * Refuses requests that are not signed with a key; without, any signature will do. The admin path
   * has no signatures.
   */
  public DynamoDbBuilder signedWith(AccessKey newKey) {
    key = Optional.of(newKey);
    return this;
  }

  /**
   * Offers exports, imports and bulk puts.
   *
   * @param newBuckets where their files are
   * @param files how many data files an export has, 1 to {@link BucketSettings#MAX_EXPORT_FILES}
   */
  public DynamoDbBuilder buckets(Buckets newBuckets, int files) {
    buckets = Optional.of(newBuckets);
    exportFiles = files;
    return this;
  }

  /** Has capacity, books, tables and the dates of answers go by another clock; not latency. */
  public DynamoDbBuilder clock(InstantSource newClock) {
    clock = newClock;
    isOtherClock = true;
    return this;
  }

  /** Says how capacity is enforced; without, it is not. */
  public DynamoDbBuilder capacity(CapacitySettings newCapacity) {
    capacity = newCapacity;
    return this;
  }

  /** Says how long answers take. */
  public DynamoDbBuilder latency(Latency newLatency) {
    latency = newLatency;
    return this;
  }

  /** Says which requests go wrong at random. */
  public DynamoDbBuilder faults(List<FaultRule> newRules) {
    rules = newRules;
    return this;
  }

  /** Seeds everything random; 42 without. */
  public DynamoDbBuilder seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Serves the admin path, {@link Admin}. */
  public DynamoDbBuilder admin() {
    admin = true;
    return this;
  }

  /** Spares the work of books, capacity, latency and faults: there are none then. */
  public DynamoDbBuilder plain() {
    plain = true;
    return this;
  }

  /**
   * Starts it. If that fails, nothing of it is left open, and the storage is closed.
   *
   * @throws UncheckedIOException if it cannot listen on the port
   * @throws io.sluice.localaws.dynamodb.storage.StorageException if the tables cannot be read
   */
  public DynamoDb start() {
    Parts parts = new Parts();
    try {
      return start(parts);
    } catch (IOException e) {
      parts.abandon(e);
      throw new UncheckedIOException("cannot listen on port " + http.port(), e);
    } catch (RuntimeException | Error e) {
      parts.abandon(e);
      throw e;
    }
  }

  private DynamoDb start(Parts parts) throws IOException {
    parts.add(storage::close);
    Tables tables = new Tables(clock, storage, new Streams(clock, streams));
    Chores chores = new Chores();
    parts.add(chores::close);
    Operations operations =
        buckets.isEmpty()
            ? new Operations(tables)
            : new Operations(tables, new BucketSettings(buckets.get(), clock, chores, exportFiles));
    Rehearsal rehearsal =
        new Rehearsal(
            operations, new Throttle(capacity, clock), new Faults(seed), new Bookkeeper(clock));
    rehearsal.setLatency(latency);
    rehearsal.faults().set(rules);
    if (!plain) {
      tables.listen(rehearsal::add);
    }
    Responder responder =
        plain
            ? operations
            : new AutoScaling(
                rehearsal, tables, rehearsal.throttle(), clock, ScalingSettings.SERVICE);
    chores.sweep(tables, clock, expiry);
    DynamoDbHttpServer server = DynamoDbHttpServer.start(responder, settings(tables, rehearsal));
    parts.add(server::close);
    return new DynamoDb(tables, rehearsal, server, parts);
  }

  private HttpSettings settings(Tables tables, Rehearsal rehearsal) {
    HttpSettings settings =
        http.with(plain ? Traffic.NONE : rehearsal.books())
            .with(admin ? new Admin(tables, rehearsal) : Pages.NONE);
    settings = isOtherClock ? settings.with(clock) : settings;
    return key.isEmpty() ? settings : settings.with(new SignatureCheck(key.get(), clock));
  }
}
