/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.book.Entry;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.table.TableNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the answers that faults give, and reads the type of errors. */
final class Replies {

  /** Is what an eventually consistent read of nothing consumes. */
  private static final double LEAST_UNITS = 0.5;

  private static final Pattern TYPE = Pattern.compile("\"__type\":\"[^\"#]*#([^\"]*)\"");
  private static final JsonFactory JSON = new JsonFactory();

  private Replies() {}

  /** Writes to a generator that may fail. */
  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** Makes an error. */
  static Reply error(Fault fault) {
    return new Reply(fault.status(), bytes(json -> fault.exception().write(json)));
  }

  /** Reads the type of an error without its namespace. */
  static String type(Reply reply) {
    Matcher matcher = TYPE.matcher(new String(reply.body(), StandardCharsets.UTF_8));
    return matcher.find() ? matcher.group(1) : "HTTP " + reply.status();
  }

  /**
   * Answers a Scan or a Query with a page without items, whose next page begins where this one
   * would have; empty if the request is for a first page.
   */
  static Optional<Reply> emptyPage(byte[] body, Entry entry) {
    String table = "";
    Optional<byte[]> start = Optional.empty();
    boolean saysConsumed = false;
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "TableName" -> table = TableNames.of(json.getText());
          case "ExclusiveStartKey" ->
              start = Optional.of(bytes(out -> out.copyCurrentStructure(json)));
          case "ReturnConsumedCapacity" -> saysConsumed = !json.getText().equals("NONE");
          default -> json.skipChildren();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // It is not JSON: whoever answers otherwise says so.
      return Optional.empty();
    }
    if (start.isEmpty()) {
      return Optional.empty();
    }
    Consumed consumed = Consumed.ofTable(table, LEAST_UNITS);
    entry.read(table, 0, consumed);
    return Optional.of(
        new Reply(200, page(start.get(), consumed, saysConsumed ? "TOTAL" : "NONE")));
  }

  private static byte[] page(byte[] start, Consumed consumed, String detail) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("Items");
          json.writeEndArray();
          json.writeNumberField("Count", 0);
          json.writeNumberField("ScannedCount", 0);
          json.writeFieldName("LastEvaluatedKey");
          json.writeRawValue(new String(start, StandardCharsets.UTF_8));
          consumed.writeMember(json, detail);
          json.writeEndObject();
        });
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
