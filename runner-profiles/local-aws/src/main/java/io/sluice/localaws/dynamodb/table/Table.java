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
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
      definition.stream().ifPresent(view -> startStream(view, streamed.get()));
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
    definition.stream().ifPresent(view -> startStream(view, streams.beginning(arn())));
    save();
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

  /** Says when the latest stream began, if there ever was one. */
  Optional<Instant> streamed() {
    return streamed;
  }

  /** Gives the stream, if the table has one that has not ended. */
  public Optional<TableStream> stream() {
    return stream;
  }

  private void startStream(TableDefinition.StreamView view, Instant time) {
    TableStream started =
        streams.open(
            new TableStream.Source(definition.name(), arn(), region, definition.key()), view, time);
    streamed = Optional.of(time);
    stream = Optional.of(started);
    store.listen(started);
  }

  /** Ends the stream, if there is one. */
  synchronized void endStream() {
    stream.ifPresent(store::unlisten);
    stream.ifPresent(TableStream::disable);
    stream = Optional.empty();
  }

  /** Applies an UpdateTable request. */
  synchronized void update(UpdateTable update, Instant now) {
    TableDefinition before = definition;
    TableDefinition after = update.apply(before);
    for (IndexDefinition index : after.indexes()) {
      if (before.index(index.name()).isEmpty()) {
        store.addIndex(index);
      }
    }
    if (before.stream().isEmpty()) {
      after.stream().ifPresent(view -> startStream(view, streams.beginning(arn())));
    } else if (after.stream().isEmpty()) {
      endStream();
    }
    if (before.billing() != after.billing() && after.billing() == BillingMode.PAY_PER_REQUEST) {
      paidPerRequest = Optional.of(now);
    }
    definition = after;
    save();
    // Not before the table is saved without it: it could not be had again.
    for (IndexDefinition index : before.indexes()) {
      if (after.index(index.name()).isEmpty()) {
        store.removeIndex(index.name());
      }
    }
  }

  /** Applies an UpdateTimeToLive request. */
  synchronized void updateTimeToLive(Fields request) {
    timeToLive = timeToLive.updated(request);
    save();
  }

  /** Replaces the tags by what {@code change} makes of them. */
  synchronized void updateTags(UnaryOperator<Map<String, String>> change) {
    definition = definition.withTags(change.apply(definition.tags()));
    save();
  }

  /** Removes the table from its catalog, and then its items. */
  synchronized void drop() {
    catalog.remove(definition.name());
    dropped = true;
    store.drop();
  }

  private void save() {
    if (!dropped) {
      catalog.save(
          new TableRecord(definition, region, id, created, timeToLive, paidPerRequest, streamed));
    }
  }
}
