/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes records as DynamoDB JSON. */
final class JsonRecordWriter implements RecordWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  JsonRecordWriter(OutputStream out) throws IOException {
    json = JSON.createGenerator(out);
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  @Override
  public void write(Map<String, Map<String, Value>> members) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Map<String, Value>> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      ValueJson.writeItem(json, member.getValue());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
