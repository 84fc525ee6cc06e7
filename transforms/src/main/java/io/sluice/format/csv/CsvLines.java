/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.sluice.format.json.JsonLines;
import io.sluice.format.stream.LineSink;
import io.sluice.format.stream.PlainValues;
import io.sluice.item.AttributePath;
import io.sluice.item.ItemCursor;
import io.sluice.schema.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * Writes lines of CSV as in RFC 4180, except that lines end in LF: first the names of the schema's
 * attributes, then one item per line.
 *
 * <p>Strings are written as they are, numbers with their digits, binary as Base64, and lists, maps
 * and sets as plain JSON. A missing or NULL attribute is an empty field; an empty string is a
 * quoted empty field. Attributes without a column of their own are collected in the schema's column
 * for them, as a plain JSON object. Where the schema has columns for the attributes of an M ({@link
 * TableSchema#PATH}), an item is refused whose M does not come back from them.
 */
public final class CsvLines implements LineSink.Lines {
  private final CsvWriter csv;
  private final Map<String, Target> columns;
  private final @Nullable String[] fields;

  /** The index of the column for attributes without their own; -1 when there is none. */
  private final int more;

  private @Nullable Json rest;

  /** The column of an attribute, or, if it is an M of several columns, those of its attributes. */
  private record Target(int column, @Nullable Map<String, Target> members) {}

  public CsvLines(OutputStream out, TableSchema schema) {
    List<TableSchema.Column> written =
        schema.columns().stream()
            .filter(c -> !TableSchema.NULLS.equals(c.field().getProp(TableSchema.ROLE)))
            .toList();
    this.csv =
        CsvWriter.builder()
            .quoteStrategy(QuoteStrategies.EMPTY)
            .lineDelimiter(LineDelimiter.LF)
            .build(out);
    this.columns = new HashMap<>();
    this.fields = new String[written.size()];
    int moreAt = -1;
    for (int i = 0; i < fields.length; i++) {
      String attribute = written.get(i).attribute();
      if (attribute == null) {
        moreAt = i;
        fields[i] = written.get(i).field().name();
      } else {
        addTarget(written.get(i).path(), i);
        fields[i] = attribute;
      }
    }
    this.more = moreAt;
    csv.writeRecord(fields);
  }

  private void addTarget(List<String> path, int column) {
    Map<String, Target> in = columns;
    for (String name : path.subList(0, path.size() - 1)) {
      in = in.computeIfAbsent(name, outer -> new Target(-1, new HashMap<>())).members();
    }
    in.put(path.get(path.size() - 1), new Target(column, null));
  }

  @Override
  public void write(ItemCursor in) throws IOException {
    Arrays.fill(fields, null);
    rest = null;
    for (int left = in.count(); left > 0; left--) {
      String name = in.name();
      Target target = columns.get(name);
      if (target == null) {
        keep(name, in);
      } else if (target.members == null) {
        fields[target.column] = field(in, in.type());
      } else {
        Type type = in.type();
        if (type != Type.NUL) {
          divide(name, type, in, target.members);
        }
      }
    }
    if (rest != null) {
      rest.json.writeEndObject();
      fields[more] = rest.text();
    }
    csv.writeRecord(fields);
  }

  private void keep(String name, ItemCursor in) throws IOException {
    if (more < 0) {
      throw new IllegalArgumentException(
          "attribute '" + name + "' has no column in the schema, nor is there one for the rest");
    }
    if (rest == null) {
      rest = new Json();
      rest.json.writeStartObject();
    }
    rest.json.writeFieldName(name);
    PlainValues.value(in, in.type(), rest.json);
  }

  /** Writes the attributes of an M to columns of their own. */
  private void divide(String of, Type type, ItemCursor in, Map<String, Target> members)
      throws IOException {
    int count = type == Type.M ? in.count() : 0;
    for (int left = count; left > 0; left--) {
      String name = in.name();
      Type member = in.type();
      Target target = members.get(name);
      if (target == null) {
        throw unfit(of, "has an attribute without a column");
      }
      if (target.members != null) {
        divide(name, member, in, target.members);
        continue;
      }
      String field = field(in, member);
      if (field == null || field.isEmpty()) {
        throw unfit(of, "has an attribute that is NULL or empty");
      }
      fields[target.column] = field;
    }
    if (count == 0) {
      throw unfit(of, type == Type.M ? "is an empty map" : "is not a map");
    }
  }

  private static IllegalArgumentException unfit(String attribute, String why) {
    return new IllegalArgumentException(
        "attribute '%s' %s, so that it would not come back from its columns in the schema"
            .formatted(AttributePath.printable(attribute), why));
  }

  private static @Nullable String field(ItemCursor in, Type type) throws IOException {
    return switch (type) {
      case S -> in.string();
      case N -> in.number();
      case B -> Base64.getEncoder().encodeToString(in.binary());
      case BOOL -> String.valueOf(in.bool());
      case NUL -> null;
      default -> {
        Json json = new Json();
        PlainValues.value(in, type, json.json);
        yield json.text();
      }
    };
  }

  @Override
  public void flush() throws IOException {
    csv.flush();
  }

  /** A field whose text is generated as JSON. */
  private static final class Json {
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;

    Json() throws IOException {
      json = JsonLines.FACTORY.createGenerator(text);
    }

    String text() throws IOException {
      json.close();
      return text.toString();
    }
  }
}
