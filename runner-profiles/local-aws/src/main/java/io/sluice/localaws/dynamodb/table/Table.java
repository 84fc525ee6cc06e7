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

  private final String region;
  private final UUID id = UUID.randomUUID();
  private final Instant created;
  private final ItemStore store;
  private final Streams streams;
  private volatile TableDefinition definition;
  private volatile TimeToLive timeToLive = TimeToLive.DISABLED;
  private volatile Optional<Instant> paidPerRequest = Optional.empty();
  private volatile Optional<Instant> streamed = Optional.empty();
  private volatile Optional<TableStream> stream = Optional.empty();

  Table(TableDefinition definition, String region, Streams streams, Instant now) {
    this.region = region;
    this.streams = streams;
    this.created = now;
    this.definition = definition;
    this.store = new ItemStore(definition.key(), definition.indexes());
    if (definition.billing() == BillingMode.PAY_PER_REQUEST) {
      paidPerRequest = Optional.of(now);
    }
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

  /** Starts the stream that the definition asks for, if it does. */
  void startStream() {
    definition.stream().ifPresent(this::startStream);
  }

  private void startStream(TableDefinition.StreamView view) {
    Instant time = streams.beginning(arn());
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
    for (IndexDefinition index : before.indexes()) {
      if (after.index(index.name()).isEmpty()) {
        store.removeIndex(index.name());
      }
    }
    for (IndexDefinition index : after.indexes()) {
      if (before.index(index.name()).isEmpty()) {
        store.addIndex(index);
      }
    }
    if (before.stream().isEmpty()) {
      after.stream().ifPresent(this::startStream);
    } else if (after.stream().isEmpty()) {
      endStream();
    }
    if (before.billing() != after.billing() && after.billing() == BillingMode.PAY_PER_REQUEST) {
      paidPerRequest = Optional.of(now);
    }
    definition = after;
  }

  /** Applies an UpdateTimeToLive request. */
  synchronized void updateTimeToLive(Fields request) {
    timeToLive = timeToLive.updated(request);
  }

  /** Replaces the tags by what {@code change} makes of them. */
  synchronized void updateTags(UnaryOperator<Map<String, String>> change) {
    definition = definition.withTags(change.apply(definition.tags()));
  }
}
