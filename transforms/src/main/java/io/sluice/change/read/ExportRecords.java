/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeParser;
import io.sluice.change.record.ChangeRules;
import io.sluice.change.record.ExportRecordParser;
import io.sluice.failure.Rejection;
import io.sluice.format.FileSlice;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.ion.IonChanges;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records of a file of an incremental export, without a pipeline. */
public final class ExportRecords {
  private static final String KEYS = "Keys";
  private static final Map<String, AttributeValue> NONE = Map.of();

  private ExportRecords() {}

  /**
   * Reads a file whole, and fails behind its last record if it is not as the manifest says. By then
   * its changes have been passed on, so they must not be used before.
   *
   * @param file with the manifest's check, if there is one
   * @param isIon whether it is Ion text; else lines of JSON
   * @param schema the primary key of the table
   * @param changes takes one for each record: their order is that of the times of the writes, in
   *     microseconds, and so is their {@link Change#sequence}
   * @throws IOException when the file cannot be read, is not as the manifest says, or has a record
   *     that is no change of the table; the message names it
   */
  public static void read(FileSlice file, boolean isIon, KeySchema schema, Consumer<Change> changes)
      throws IOException {
    ExportRecordParser records = new ExportRecordParser(new ChangeRules(schema));
    ChangeParser parser = isIon ? new IonExportParser(records) : records;
    ListedChanges.Text text = isIon ? ListedChanges.Text.ION : ListedChanges.Text.JSON;
    Strict sink = new Strict(changes);
    try {
      ListedChanges.read(file, text, parser, sink);
    } catch (IOException e) {
      throw new UnreadableFileException(file.file(), e);
    } catch (Error e) {
      throw new UnreadableFileException(file.file(), e);
    }
    sink.check();
  }

  /**
   * Returns the key attributes that the first record has, in its order; none if there is no record.
   * Reads the file whole, since one that is not as the manifest says has other keys, perhaps.
   *
   * @throws IOException when the file cannot be read, is not as the manifest says, or its first
   *     record is no change
   */
  public static List<KeyAttribute> firstKeyAttributes(FileSlice file, boolean isIon)
      throws IOException {
    ListedChanges.Text text = isIon ? ListedChanges.Text.ION : ListedChanges.Text.JSON;
    AtomicReference<byte[]> first = new AtomicReference<>();
    try {
      ListedChanges.read(
          file,
          text,
          record -> {
            first.compareAndSet(null, record.clone());
            return null;
          },
          new Strict(change -> {}));
      byte[] record = first.get();
      return record == null
          ? List.of()
          : attributes(isIon ? IonChanges.members(record).get(KEYS) : keysOfJson(record));
    } catch (InvalidItemException e) {
      throw new UnreadableFileException(
          file.file().toString(), "begins with a record that is no change: " + e.getMessage());
    } catch (IOException e) {
      throw new UnreadableFileException(file.file(), e);
    }
  }

  private static Map<String, AttributeValue> keysOfJson(byte[] record) throws InvalidItemException {
    return ItemJson.read(
        record,
        json -> {
          Map<String, AttributeValue> keys = Map.of();
          json.nextToken();
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isKeys = json.currentName().equals(KEYS);
            if (json.nextToken() == JsonToken.START_OBJECT && isKeys) {
              keys = ItemJson.parse(json);
            } else {
              json.skipChildren();
            }
          }
          return keys;
        });
  }

  private static List<KeyAttribute> attributes(@Nullable Map<String, AttributeValue> keys)
      throws InvalidItemException {
    List<KeyAttribute> attributes = new ArrayList<>();
    for (Map.Entry<String, AttributeValue> key : (keys == null ? NONE : keys).entrySet()) {
      AttributeValue.Type type = key.getValue().type();
      switch (type) {
        case S, N, B ->
            attributes.add(new KeyAttribute(key.getKey(), KeyAttribute.Type.valueOf(type.name())));
        default -> throw new InvalidItemException(Reason.NOT_OF_TYPE, "its Keys hold no keys");
      }
    }
    return attributes;
  }

  /** Remembers the first record that is no change: it may be because the file is another one. */
  private static final class Strict implements ChangeSink {
    private final Consumer<Change> changes;
    private @Nullable Rejection first;

    Strict(Consumer<Change> changes) {
      this.changes = changes;
    }

    void check() throws UnreadableFileException {
      if (first != null) {
        throw new UnreadableFileException(
            first.origin().file(),
            "holds a record at %d that is no change of the table: %s"
                .formatted(first.origin().offset(), first.message()));
      }
    }

    @Override
    public void change(Change change) {
      changes.accept(change);
    }

    @Override
    public void reject(Rejection rejection) {
      first = first == null ? rejection : first;
    }

    @Override
    public void skip() {
      // Blank lines are no records.
    }

    @Override
    public void fragment(Fragment fragment) {
      throw new IllegalStateException("files of exports are whole");
    }
  }
}
