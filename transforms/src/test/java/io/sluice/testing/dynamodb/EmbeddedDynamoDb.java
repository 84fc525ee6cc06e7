/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.localaws.dynamodb.DynamoDbBuilder;
import io.sluice.localaws.dynamodb.book.TableBooks;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB in this JVM with one table, which does what a test wants it to: it is as slow, as
 * small and as faulty as its {@link EndpointSettings} say, and keeps exact {@link Books}. It is the
 * server of {@code runner-profiles/local-aws}, so whatever the settings do not name is as in the
 * service.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final DynamoDb db;
  private final AdminClient admin;
  private volatile EndpointSettings settings;

  private EmbeddedDynamoDb(DynamoDb db, EndpointSettings settings) {
    this.db = db;
    this.admin = new AdminClient(db.endpoint());
    this.settings = settings;
  }

  /** Starts one on loopback, with its table and what is in it. */
  public static EmbeddedDynamoDb start(EndpointSettings settings) {
    return start(settings, DynamoDb.builder());
  }

  /** Starts one whose clock is another than this machine's. */
  public static EmbeddedDynamoDb start(EndpointSettings settings, InstantSource clock) {
    return start(settings, DynamoDb.builder().clock(clock));
  }

  private static EmbeddedDynamoDb start(EndpointSettings settings, DynamoDbBuilder builder) {
    DynamoDb db = builder.port(settings.port()).admin().start();
    try {
      EmbeddedDynamoDb started = new EmbeddedDynamoDb(db, settings);
      started.create();
      started.admin.apply(settings);
      return started;
    } catch (RuntimeException e) {
      db.close();
      throw e;
    }
  }

  private void create() {
    try (JsonParser json = JSON.createParser(settings.table().creation().toString())) {
      Table table = db.tables().create(JsonTree.read(json), "us-east-1");
      if (settings.generated() != null) {
        settings.generated().serverItems().fill(table);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return db.endpoint();
  }

  public EndpointSettings settings() {
    return settings;
  }

  public Books books() {
    var all = db.books();
    TableBooks own = all.table(settings.table().name());
    return new Books(
        all.seconds(),
        all.requests(),
        all.faults(),
        own.itemsPut(),
        own.itemsUnheard(),
        own.distinctKeys(),
        own.itemsUnprocessed(),
        own.itemsRead(),
        own.write().perSecond(),
        own.read().total(),
        own.write().total(),
        all.requestsNow(),
        all.requestsAtOnce());
  }

  /** Changes throughput, faults or times, or what the table says is provisioned. */
  public void change(UnaryOperator<EndpointSettings> change) {
    EndpointSettings before = settings;
    settings = change.apply(before);
    if (!settings.table().equals(before.table())) {
      admin.ask("UpdateTable", settings.table().update());
    }
    admin.apply(settings);
  }

  /** The table has, and says that it has, these units a second from now on. */
  public void setProvisioned(long write, long read) {
    change(
        now ->
            now.withTable(now.table().withProvisioned(write, read))
                .withThroughput(now.throughput().withWrite(write).withRead(read)));
  }

  public void setLatencyMillis(long millis) {
    change(now -> now.withLatencyMillis(millis));
  }

  public void setFaults(Faults faults) {
    change(now -> now.withFaults(faults));
  }

  /** The next requests, of the operations that {@link Faults} names, get this fault. */
  public void failNext(int requests, Fault fault) {
    admin.failNext(requests, fault, settings);
  }

  /** Forgets the books, the faults that are to come, and items unless they are generated. */
  public void reset() {
    if (settings.generated() == null) {
      for (Map<String, Value> item : stored()) {
        table().store().delete(table().definition().key().keyOf(item));
      }
    }
    db.faults().reset();
    admin.apply(settings);
    db.reset();
  }

  /** The items, in the order of a scan. */
  public List<Map<String, AttributeValue>> items() {
    return stored().stream().map(GeneratedItems::toSdk).toList();
  }

  private List<Map<String, Value>> stored() {
    List<Map<String, Value>> items = new ArrayList<>();
    table()
        .store()
        .items()
        .scan(Segment.WHOLE, Optional.empty())
        .forEachRemaining(item -> items.add(item.item()));
    return items;
  }

  private Table table() {
    return db.tables().get(settings.table().name());
  }

  @Override
  public void close() {
    db.close();
  }
}
