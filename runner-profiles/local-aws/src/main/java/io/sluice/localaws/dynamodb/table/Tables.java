/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.storage.MemoryStorage;
import io.sluice.localaws.dynamodb.storage.Storage;
import io.sluice.localaws.dynamodb.stream.StreamSettings;
import io.sluice.localaws.dynamodb.stream.Streams;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * Keeps all tables, and does what requests about them say; each takes a request as {@link
 * io.sluice.localaws.dynamodb.request.JsonTree} reads it.
 *
 * <p>A table is active when CreateTable returns, and gone when DeleteTable does.
 */
public final class Tables implements AutoCloseable {

  private static final int MAX_LISTED = 100;

  private final ConcurrentNavigableMap<String, Table> tables = new ConcurrentSkipListMap<>();
  private final InstantSource clock;
  private final Streams streams;
  private final Storage storage;
  private final Catalog catalog;
  private volatile Consumer<Table> opened = table -> {};

  /** Gives a page of the tables' names, and the last of them if there are more. */
  public record Names(List<String> names, Optional<String> last) {}

  /** Starts with no tables, in memory. */
  public Tables(InstantSource clock) {
    this(clock, new MemoryStorage());
  }

  /**
   * Opens the tables that a storage has.
   *
   * @param storage closed together with the tables
   */
  public Tables(InstantSource clock, Storage storage) {
    this(clock, storage, new Streams(clock, StreamSettings.SERVICE));
  }

  /** Starts with no tables, in memory; those to come have their streams in {@code streams}. */
  public Tables(InstantSource clock, Streams streams) {
    this(clock, new MemoryStorage(), streams);
  }

  /**
   * Opens the tables that a storage has, and their streams.
   *
   * @param storage closed together with the tables
   */
  public Tables(InstantSource clock, Storage storage, Streams streams) {
    this.clock = clock;
    this.storage = storage;
    this.streams = streams;
    this.catalog = new Catalog(storage);
    for (TableRecord table : catalog.open()) {
      tables.put(table.definition().name(), new Table(catalog, streams, table));
    }
  }

  /** Gives the streams of the tables, and of those that were deleted lately. */
  public Streams streams() {
    return streams;
  }

  /**
   * Gives the storage, for what else must outlive the process. The names of maps that begin with
   * {@code items/}, and {@code tables}, are taken.
   */
  public Storage storage() {
    return storage;
  }

  /** Lists the tables as they are now, in the order of their names. */
  public List<Table> all() {
    return List.copyOf(tables.values());
  }

  /** Ends the use of the tables, which are kept if their storage is durable. */
  @Override
  public void close() {
    storage.close();
  }

  /** Gives the clock that all times of this server come from. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Has {@code newOpened} learn of each table, of those that are there and of each new one; it
   * takes the place of the one before.
   */
  public void listen(Consumer<Table> newOpened) {
    opened = newOpened;
    tables.values().forEach(newOpened);
  }

  /** Creates a table, in the region that the request was signed for. */
  public Table create(Map<String, Object> tree, String region) {
    TableDefinition definition = CreateTable.read(tree);
    // Two tables of one name must not be made at a time, of which one is refused then.
    synchronized (catalog) {
      Table table = prepare(definition, region);
      publish(table);
      return table;
    }
  }

  /** Throws an error if there is a table of that name already. */
  public void checkFree(String name) {
    if (tables.containsKey(name)) {
      throw DynamoDbException.inUse("Table already exists: " + name);
    }
  }

  /**
   * Makes a table that nobody finds until it is published. Its items take space until then, so that
   * a table that is not to be published must have its store dropped.
   *
   * @throws DynamoDbException if there is a table of that name already
   */
  public Table prepare(TableDefinition definition, String region) {
    checkFree(definition.name());
    return Table.prepare(catalog, streams, definition, region, clock.instant());
  }

  /**
   * Has a prepared table found by its name. The items of one that is not published are gone.
   *
   * @return false if another table has got the name meanwhile
   */
  public boolean publish(Table table) {
    boolean published = false;
    try {
      synchronized (catalog) {
        if (!tables.containsKey(table.definition().name())) {
          table.publish();
          opened.accept(table);
          tables.put(table.definition().name(), table);
          published = true;
        }
      }
    } finally {
      if (!published) {
        table.store().drop();
      }
    }
    return published;
  }

  /** Finds a table by its name, if there is one. */
  public Optional<Table> find(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  /** Finds the table of a request about its items. */
  public Table get(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw DynamoDbException.notFound("Requested resource not found");
    }
    return table;
  }

  /** Finds the table of a DescribeTable, a DescribeTimeToLive or a similar request. */
  public Table describe(Map<String, Object> tree) {
    return existing(TableNames.of(TableNames.read(TableShapes.ONE_TABLE, tree)));
  }

  /** Updates a table. */
  public Table update(Map<String, Object> tree) {
    UpdateTable update = UpdateTable.read(tree);
    Table table = existing(update.table());
    table.update(update, clock.instant());
    return table;
  }

  /** Deletes a table and its items. */
  public Table delete(Map<String, Object> tree) {
    Table table = describe(tree);
    if (table.definition().deletionProtection()) {
      throw DynamoDbException.validation(
          "Resource cannot be deleted as it is currently protected against deletion. Disable "
              + "deletion protection first.");
    }
    synchronized (catalog) {
      if (tables.get(table.definition().name()) != table) {
        throw notFound(table.definition().name());
      }
      table.forget();
      tables.remove(table.definition().name());
    }
    table.drop();
    return table;
  }

  /** Lists tables in the order of their names. */
  public Names list(Map<String, Object> tree) {
    Fields request = TableShapes.LIST.read(tree);
    int limit = (int) request.whole("Limit").orElse(MAX_LISTED);
    List<String> names =
        request
            .text("ExclusiveStartTableName")
            .map(start -> tables.tailMap(start, false))
            .orElse(tables)
            .keySet()
            .stream()
            .limit(limit + 1L)
            .toList();
    if (names.size() <= limit) {
      return new Names(names, Optional.empty());
    }
    return new Names(names.subList(0, limit), Optional.of(names.get(limit - 1)));
  }

  /** Has the items of a table expire, or stops that. */
  public Table updateTimeToLive(Map<String, Object> tree) {
    Fields request = TableNames.read(TableShapes.TIME_TO_LIVE, tree);
    Table table = existing(TableNames.of(request));
    table.updateTimeToLive(request);
    return table;
  }

  /** Adds tags to a table. */
  public void tag(Map<String, Object> tree) {
    Fields request = TableShapes.TAG.read(tree);
    tagged(request).updateTags(tags -> Tags.added(tags, request));
  }

  /** Removes tags from a table. */
  public void untag(Map<String, Object> tree) {
    Fields request = TableShapes.UNTAG.read(tree);
    tagged(request).updateTags(tags -> Tags.removed(tags, request));
  }

  /** Gives the tags of a table. */
  public Map<String, String> tags(Map<String, Object> tree) {
    Fields request = TableShapes.LIST_TAGS.read(tree);
    return tagged(request).definition().tags();
  }

  private Table tagged(Fields request) {
    String arn = request.text("ResourceArn").orElseThrow();
    Table table = tables.get(TableNames.ofArn(arn));
    if (table == null) {
      throw DynamoDbException.notFound(
          "Requested resource not found: ResourcArn: " + arn + " not found");
    }
    return table;
  }

  private Table existing(String name) {
    return find(name).orElseThrow(() -> notFound(name));
  }

  private static DynamoDbException notFound(String name) {
    return DynamoDbException.notFound(
        "Requested resource not found: Table: " + name + " not found");
  }
}
