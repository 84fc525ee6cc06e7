/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueReader;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads lines of DynamoDB JSON: an object with an Item, and the members of a condition if it has
 * one. A line of white space is none.
 */
final class JsonRecordReader implements RecordReader {

  private static final JsonFactory JSON = new JsonFactory();

  /** Is many times what the largest item takes, however it is escaped. */
  private static final int MAX_LINE = 16 * 1024 * 1024;

  private final BufferedReader text;

  JsonRecordReader(InputStream in) {
    // A decoder of its own reports what is not UTF-8.
    text = new BufferedReader(new InputStreamReader(in, UTF_8.newDecoder()));
  }

  @Override
  public Optional<InputRecord> next() throws IOException {
    try {
      Optional<String> line = line();
      while (line.isPresent() && line.get().isBlank()) {
        line = line();
      }
      return line.isPresent() ? Optional.of(parse(line.get())) : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new MalformedObjectException("The line is not JSON");
    } catch (CharacterCodingException e) {
      throw new MalformedObjectException("The object is not in UTF-8");
    }
  }

  /** Reads a line; between the two characters of a Windows newline is an empty one. */
  private Optional<String> line() throws IOException {
    int next = text.read();
    if (next < 0) {
      return Optional.empty();
    }
    StringBuilder line = new StringBuilder();
    while (next >= 0 && next != '\n' && next != '\r') {
      if (line.length() == MAX_LINE) {
        throw new MalformedObjectException("The line has more than " + MAX_LINE + " characters");
      }
      line.append((char) next);
      next = text.read();
    }
    return Optional.of(line.toString());
  }

  private static InputRecord parse(String line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedObjectException("The line is no JSON object");
      }
      Line members = new Line();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        members.read(json);
      }
      if (json.nextToken() != null) {
        throw new MalformedObjectException("The line has more than one JSON object");
      }
      return members.record();
    } catch (DynamoDbException e) {
      throw new MalformedObjectException(
          e.getMessage() == null ? "The line is no DynamoDB JSON" : e.getMessage());
    }
  }

  /** Collects the members of a line. */
  private static final class Line {

    private Optional<Map<String, Value>> item = Optional.empty();
    private Optional<DynamoDbException> problem = Optional.empty();
    private Optional<String> expression = Optional.empty();
    private Optional<Map<String, String>> names = Optional.empty();
    private Optional<Map<String, Value>> values = Optional.empty();

    void read(JsonParser json) throws IOException {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "Item" -> {
          ValueReader reader = new ValueReader(json, Wording.CURRENT);
          item = Optional.of(reader.item());
          problem = problem.or(reader::problem);
        }
        case "ConditionExpression" -> expression = Optional.of(JsonScalars.string(json));
        case "ExpressionAttributeNames" -> names = Optional.of(names(json));
        case "ExpressionAttributeValues" -> {
          ValueReader reader = new ValueReader(json, Wording.CURRENT);
          values = Optional.of(reader.values());
          problem = problem.or(reader::problem);
        }
        default -> json.skipChildren();
      }
    }

    private static Map<String, String> names(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new MalformedObjectException("ExpressionAttributeNames is no JSON object");
      }
      Map<String, String> names = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        names.put(name, JsonScalars.string(json));
      }
      return names;
    }

    InputRecord record() throws MalformedObjectException {
      if (item.isEmpty()) {
        throw new MalformedObjectException("The line has no member Item");
      }
      return new InputRecord(
          item.get(),
          problem,
          expression.map(text -> new InputRecord.Condition(text, names, values)));
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
