/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordParser;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Reason;
import io.sluice.item.json.JsonDraft;
import io.sluice.item.json.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Plain JSON: each object is an item, on a line of its own, in one array that is the whole file, or
 * as a sequence of objects that may span lines. {@link PlainJson} describes how values are
 * converted.
 *
 * <p>Reading can start in the middle of a file of lines; a document that spans lines is read by one
 * reader from its beginning, and never held in memory as a whole. The beginning of the file decides
 * which of the two it is.
 *
 * @param columns types of named top-level attributes; an item need not have them
 * @param keyTypes types of the table's key attributes; {@code columns} takes precedence
 * @param envelopes whether records may lie in an array within an object
 */
public record JsonFormat(
    Map<String, ColumnText.Type> columns,
    Map<String, ColumnText.Type> keyTypes,
    JsonLayout.Envelopes envelopes)
    implements StreamFormat {

  public JsonFormat {
    columns = Map.copyOf(columns);
    keyTypes = Map.copyOf(keyTypes);
  }

  /** Creates a format whose records lie in no envelope. */
  public JsonFormat(Map<String, ColumnText.Type> columns, Map<String, ColumnText.Type> keyTypes) {
    this(columns, keyTypes, JsonLayout.Envelopes.NONE);
  }

  /** Values keep their JSON types, except for these columns and the table's key. */
  public static JsonFormat withColumns(Map<String, ColumnText.Type> columns) {
    return new JsonFormat(columns, Map.of());
  }

  /** Takes what is in {@code {"Records":[…]}} for the records of a file that begins so. */
  public JsonFormat openingRecords() {
    return new JsonFormat(columns, keyTypes, JsonLayout.Envelopes.RECORDS);
  }

  @Override
  public JsonFormat withKeys(List<KeyAttribute> keys) {
    Map<String, ColumnText.Type> types = new HashMap<>();
    for (KeyAttribute key : keys) {
      types.put(key.name(), ColumnText.Type.valueOf(key.type().name()));
    }
    return new JsonFormat(columns, types, envelopes);
  }

  @Override
  public String name() {
    return "JSON";
  }

  @Override
  public boolean splittable(byte[] head) {
    return JsonLayout.of(head, envelopes) == JsonLayout.LINES;
  }

  @Override
  public FileRecords open(InputStream file) throws IOException {
    return new FileRecords(JsonRecords.linesOrObjects(file, envelopes), parser());
  }

  @Override
  public @Nullable String changesIn(byte[] head) {
    return ChangeRecords.inJson(head);
  }

  @Override
  public FileRecords openMiddle(InputStream middle, long offset, InputStream head)
      throws IOException {
    return new FileRecords(LineSplitter.linesFrom(middle, offset), parser());
  }

  private RecordParser parser() {
    Map<String, ColumnText.Type> types = new HashMap<>(keyTypes);
    types.putAll(columns);
    return new Parser(types);
  }

  private static final class Parser implements RecordParser {
    private final JsonDraft json = new JsonDraft();
    private final Map<String, ColumnText.Type> types;

    Parser(Map<String, ColumnText.Type> types) {
      this.types = types;
    }

    @Override
    public boolean draft(byte[] record, ItemDraft item) {
      return json.plain(record, item) && hasTypes(item);
    }

    /** Whether the columns are of their types, without being converted. */
    private boolean hasTypes(ItemDraft item) {
      for (Map.Entry<String, ColumnText.Type> column : types.entrySet()) {
        int number = item.find(column.getKey());
        if (number >= 0 && !isOfType(column.getValue(), item.value(number).type())) {
          return false;
        }
      }
      return true;
    }

    private static boolean isOfType(ColumnText.Type type, AttributeValue.Type is) {
      return is == AttributeValue.Type.NUL
          || is.name().equals(type.name())
          || (type == ColumnText.Type.JSON && is != AttributeValue.Type.S);
    }

    @Override
    public @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException {
      return JsonFormat.parse(record, types);
    }
  }

  private static @Nullable Map<String, AttributeValue> parse(
      byte[] record, Map<String, ColumnText.Type> types) throws InvalidItemException {
    if (JsonSplitter.isBlank(record)) {
      return null;
    }
    Map<String, AttributeValue> item = PlainJson.parseRecord(record, 0, record.length);
    for (Map.Entry<String, ColumnText.Type> column : types.entrySet()) {
      String name = column.getKey();
      AttributeValue value = item.get(name);
      if (value != null) {
        item.put(name, toType(name, column.getValue(), value));
      }
    }
    return item;
  }

  /** Null stays NULL, which says that there is no value, whatever the type. */
  private static AttributeValue toType(String name, ColumnText.Type type, AttributeValue value)
      throws InvalidItemException {
    AttributeValue.Type is = value.type();
    if (Parser.isOfType(type, is)) {
      return value;
    }
    if (is == AttributeValue.Type.S) {
      return ColumnText.toValue("attribute", name, type, value.s());
    }
    if (is == AttributeValue.Type.L && type.isJson()) {
      return ColumnText.toType("attribute", name, type, value);
    }
    if (is == AttributeValue.Type.N && type != ColumnText.Type.B && !type.isJson()) {
      return ColumnText.toValue("attribute", name, type, value.n());
    }
    throw new InvalidItemException(
        Reason.NOT_OF_TYPE,
        "attribute '" + name + "' is a " + is + " in the file and cannot become a " + type);
  }
}
