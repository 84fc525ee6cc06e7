/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.book.Books;
import io.sluice.localaws.dynamodb.book.TableBooks;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes books. */
final class BooksJson {

  private BooksJson() {}

  static void write(JsonGenerator json, Books books) throws IOException {
    json.writeStartObject();
    json.writeStringField("since", books.since().toString());
    json.writeNumberField("seconds", books.seconds());
    requests(json, books.requests());
    counts(json, "faults", books.faults());
    json.writeNumberField("requestsNow", books.requestsNow());
    json.writeNumberField("requestsAtOnce", books.requestsAtOnce());
    json.writeNumberField("connectionsNow", books.connectionsNow());
    json.writeNumberField("connections", books.connections());
    json.writeObjectFieldStart("tables");
    for (Map.Entry<String, TableBooks> table : books.tables().entrySet()) {
      json.writeFieldName(table.getKey());
      write(json, table.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, TableBooks table) throws IOException {
    json.writeStartObject();
    requests(json, table.requests());
    json.writeNumberField("itemsPut", table.itemsPut());
    json.writeNumberField("itemsDeleted", table.itemsDeleted());
    json.writeNumberField("itemsRead", table.itemsRead());
    json.writeNumberField("itemsUnheard", table.itemsUnheard());
    json.writeNumberField("itemsUnprocessed", table.itemsUnprocessed());
    json.writeNumberField("itemsThrottled", table.itemsThrottled());
    json.writeNumberField("distinctKeys", table.distinctKeys());
    counts(json, "throttles", table.throttles());
    units(json, "write", table.write());
    units(json, "read", table.read());
    indexes(json, "indexWrite", table.indexWrite());
    indexes(json, "indexRead", table.indexRead());
    json.writeEndObject();
  }

  private static void requests(JsonGenerator json, Map<String, Map<String, Long>> requests)
      throws IOException {
    json.writeObjectFieldStart("requests");
    for (Map.Entry<String, Map<String, Long>> operation : requests.entrySet()) {
      counts(json, operation.getKey(), operation.getValue());
    }
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static void indexes(
      JsonGenerator json, String name, Map<String, TableBooks.UnitBooks> indexes)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, TableBooks.UnitBooks> index : indexes.entrySet()) {
      units(json, index.getKey(), index.getValue());
    }
    json.writeEndObject();
  }

  private static void units(JsonGenerator json, String name, TableBooks.UnitBooks units)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("total", units.total());
    json.writeArrayFieldStart("perSecond");
    for (double second : units.perSecond()) {
      json.writeNumber(second);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
