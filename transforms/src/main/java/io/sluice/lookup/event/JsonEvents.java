/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sluice.failure.PayloadFormat;
import io.sluice.format.RecordReader;
import io.sluice.format.json.JsonSplitter;
import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.json.JsonPaths;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Events that are JSON objects, written one a line. */
public final class JsonEvents implements EventForm {
  private static final byte[] NO_HEAD = {};

  private final List<LookupKey.Part> key;
  private final List<String> names;
  private final String suffix;
  private final PayloadFormat recordFormat;
  private final JsonPaths paths;

  public JsonEvents(EventRules rules, String suffix, PayloadFormat recordFormat) {
    this.key = rules.key().parts();
    this.names = rules.names();
    this.suffix = suffix;
    this.recordFormat = recordFormat;
    this.paths =
        JsonPaths.of(
            key.stream().map(LookupKey.Part::steps).toList(), new HashSet<>(rules.names()));
  }

  @Override
  public byte[] head() {
    return NO_HEAD;
  }

  @Override
  public PayloadFormat recordFormat() {
    return recordFormat;
  }

  @Override
  public String suffix() {
    return suffix;
  }

  @Override
  public @Nullable Map<String, AttributeValue> key(RecordReader records)
      throws InvalidItemException {
    records.checkWhole();
    byte[] record = records.record();
    if (JsonSplitter.isBlank(record)) {
      return null;
    }
    JsonPaths.Found found = paths.find(record);
    if (found.name() != null) {
      throw new InvalidItemException(
          Reason.KEY_CONFLICT,
          "the event has a member '%s', as the one to be added is named"
              .formatted(AttributePath.printable(found.name())));
    }
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (int i = 0; i < key.size(); i++) {
      LookupKey.Part part = key.get(i);
      attributes.put(part.attribute().name(), part.convert(found.values().get(i), "member"));
    }
    return attributes;
  }

  /** Puts an object on one line: in valid JSON, line ends are white space. */
  @Override
  public byte[] plain(byte[] record) {
    byte[] line = record;
    for (int i = 0; i < record.length; i++) {
      if (record[i] == '\n' || record[i] == '\r') {
        if (line == record) {
          line = record.clone();
        }
        line[i] = ' ';
      }
    }
    return line;
  }

  @Override
  public byte[] enriched(byte[] record, List<@Nullable String> texts) {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      if (texts.get(i) != null) {
        // There is a member before it: the one with the key.
        members.append(",\"").append(JsonStringEncoder.getInstance().quoteAsString(names.get(i)));
        members.append("\":").append(texts.get(i));
      }
    }
    byte[] line = plain(record);
    int end = line.length - 1;
    while (line[end] != '}') {
      end--;
    }
    byte[] more = members.toString().getBytes(UTF_8);
    byte[] whole = new byte[line.length + more.length];
    System.arraycopy(line, 0, whole, 0, end);
    System.arraycopy(more, 0, whole, end, more.length);
    System.arraycopy(line, end, whole, end + more.length, line.length - end);
    return whole;
  }
}
