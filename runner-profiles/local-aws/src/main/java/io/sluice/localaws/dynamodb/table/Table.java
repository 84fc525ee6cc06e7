/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.stream.Streams;
import io.sluice.localaws.dynamodb.stream.TableStream;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Holds a table: its definition, its items, and what the service adds to these. */
public final class Table {

  private final Catalog catalog;
  private final String region;
  private final UUID id;
  private final Instant created;
  private final ItemStore store;
  private final Streams streams;
  private volatile TableDefinition definition;
  private volatile TimeToLive timeToLive;
  private volatile Optional<Instant> paidPerRequest;
  private volatile Optional<Instant> streamed;
  private volatile Optional<TableStream> stream = Optional.empty();
  private final Decreases decreases = new Decreases();
  private final Set<Consumer<Table>> watchers = new LinkedHashSet<>();
  private boolean dropped;

  /** Opens a table that a catalog has, and its stream, which begins new shards. */
  Table(Catalog catalog, Streams streams, TableRecord saved) {
    this.catalog = catalog;
    this.streams = streams;
    this.region = saved.region();
    this.id = saved.id();
    this.created = saved.created();
    this.store = catalog.items(saved);
    this.definition = saved.definition();
    this.timeToLive = saved.timeToLive();
    this.paidPerRequest = saved.paidPerRequest();
    this.streamed = saved.streamed();
    if (streamed.isPresent()) {
      definition.stream().ifPresent(this::startStream);
    }
  }

  /** Makes a table that the catalog does not have yet. */
  static Table prepare(
      Catalog catalog, Streams streams, TableDefinition definition, String region, Instant now) {
    return new Table(
        catalog,
        streams,
        new TableRecord(
            definition,
            region,
            UUID.randomUUID(),
            now,
            TimeToLive.DISABLED,
            Optional.of(now).filter(time -> definition.billing() == BillingMode.PAY_PER_REQUEST),
            Optional.empty()));
  }

  /** Starts the stream of a prepared table, if it is to have one, and puts it into the catalog. */
  synchronized void publish() {
    Optional<Instant> began = definition.stream().map(view -> streams.beginning(arn()));
    save(definition, timeToLive, paidPerRequest, began);
    streamed = began;
    definition.stream().ifPresent(this::startStream);
  }

  /** Gives the definition as it is now. */
  public TableDefinition definition() {
    return definition;
  }

  /** Gives the items. */
  public ItemStore store() {
    return store;
  }

  /** Says whether items expire. */
  public TimeToLive timeToLive() {
    return timeToLive;
  }

  /** Gives the ARN. */
  public String arn() {
    return TableNames.arn(region, definition.name());
  }

  /** Gives the id that no other table has, not even a later one of the same name. */
  public UUID id() {
    return id;
  }

  /** Says when it was created. */
  public Instant created() {
    return created;
  }

  /** Says since when requests are paid for one by one, if they ever were. */
  Optional<Instant> paidPerRequest() {
    return paidPerRequest;
  }

  /** Says how often the provisioned throughput of an index, or of the table, fell. */
  synchronized Optional<Decreases.Lane> decreases(Optional<String> index) {
    return decreases.of(index);
  }

  /** Gives the time now, by which days are told apart. */
  Instant now() {
    return streams.now();
  }

  /** Says when the latest stream began, if there ever was one. */
  Optional<Instant> streamed() {
    return streamed;
  }

  /** Gives the stream, if the table has one that has not ended. */
  public Optional<TableStream> stream() {
    return stream;
  }

  private void startStream(TableDefinition.StreamView view) {
    TableStream started =
        streams.open(
            new TableStream.Source(definition.name(), arn(), region, definition.key()),
            view,
            streamed.orElseThrow());
    stream = Optional.of(started);
    store.listen(started);
  }

  private synchronized void endStream() {
    stream.ifPresent(store::unlisten);
    stream.ifPresent(TableStream::disable);
    stream = Optional.empty();
  }

  /** Applies an UpdateTable request. */
  synchronized void update(UpdateTable update, Instant now) {
    checkThere();
    TableDefinition before = definition;
    TableDefinition after = update.apply(before);
    boolean begins = before.stream().isEmpty() && after.stream().isPresent();
    Optional<Instant> began = begins ? Optional.of(streams.beginning(arn())) : streamed;
    boolean paid =
        before.billing() != after.billing() && after.billing() == BillingMode.PAY_PER_REQUEST;
    Optional<Instant> since = paid ? Optional.of(now) : paidPerRequest;
    decreases.count(before, after, now);
    try {
      missing(after, before).forEach(store::addIndex);
      save(after, timeToLive, since, began);
    } catch (RuntimeException e) {
      missing(after, before).forEach(index -> store.removeIndex(index.name()));
      throw e;
    }
    streamed = began;
    paidPerRequest = since;
    definition = after;
    if (begins) {
      after.stream().ifPresent(this::startStream);
    } else if (after.stream().isEmpty()) {
      endStream();
    }
    // Not before the table is saved without it: it could not be had again.
    missing(before, after).forEach(index -> store.removeIndex(index.name()));
  }

  /** Lists the indexes that one definition has and another has not. */
  private static List<IndexDefinition> missing(TableDefinition one, TableDefinition other) {
    return one.indexes().stream().filter(index -> other.index(index.name()).isEmpty()).toList();
  }

  /** Applies an UpdateTimeToLive request. */
  synchronized void updateTimeToLive(Fields request) {
    checkThere();
    TimeToLive updated = timeToLive.updated(request);
    save(definition, updated, paidPerRequest, streamed);
    timeToLive = updated;
  }

  /** Replaces the tags by what {@code change} makes of them. */
  synchronized void updateTags(UnaryOperator<Map<String, String>> change) {
    checkThere();
    TableDefinition tagged = definition.withTags(change.apply(definition.tags()));
    save(tagged, timeToLive, paidPerRequest, streamed);
    definition = tagged;
  }

  /** Has {@code watcher} learn when the table is dropped; at once if that has happened. */
  public synchronized void whenDropped(Consumer<Table> watcher) {
    if (dropped) {
      watcher.accept(this);
    } else {
      watchers.add(watcher);
    }
  }

  /** Removes the table from its catalog: nobody can change it any more. */
  synchronized void forget() {
    catalog.remove(definition.name());
    dropped = true;
  }

  /** Ends a table that is forgotten: removes its items, and ends its stream. */
  void drop() {
    try {
      store.drop();
    } finally {
      endStream();
      watchers.forEach(watcher -> watcher.accept(this));
    }
  }

  private void checkThere() {
    if (dropped) {
      throw DynamoDbException.notFound(
          "Requested resource not found: Table: " + definition.name() + " not found");
    }
  }

  /** Writes to the catalog what the table is to be; a table that cannot be saved stays as it is. */
  private void save(
      TableDefinition newDefinition,
      TimeToLive newTimeToLive,
      Optional<Instant> newPaidPerRequest,
      Optional<Instant> newStreamed) {
    catalog.save(
        new TableRecord(
            newDefinition, region, id, created, newTimeToLive, newPaidPerRequest, newStreamed));
  }
}
