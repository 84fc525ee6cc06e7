/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.record.ChangeParser;
import io.sluice.change.record.ChangeRules;
import io.sluice.change.record.ChangeSource;
import io.sluice.change.record.ExportRecordParser;
import io.sluice.change.record.KinesisRecordParser;
import io.sluice.change.record.StreamRecordParser;
import io.sluice.format.Format;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.stream.RecordParser;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How the records of files are read. */
sealed interface ChangeForm extends Serializable {

  /** Reads a file. */
  void read(ChangeFile file, KeySchema schema, ChangeSink sink) throws IOException;

  /** Reads what files that continue each other have left. */
  default void join(List<Fragment> fragments, KeySchema schema, ChangeSink sink) {
    throw new IllegalStateException("files of this form are whole");
  }

  /** Returns the same without the changes of other tables; null when records name no table. */
  default @Nullable ChangeForm ofTable(String table) {
    return null;
  }

  /** The records that a manifest or a commit counts. */
  enum Records {
    OF_STREAM,
    OF_EXPORT,
    OF_EXPORT_IN_ION
  }

  /** Files that a manifest or a commit lists. */
  record Listed(Records records) implements ChangeForm {

    @Override
    public void read(ChangeFile file, KeySchema schema, ChangeSink sink) throws IOException {
      ChangeRules rules = new ChangeRules(schema);
      ListedChanges.Text lines = ListedChanges.Text.JSON;
      switch (records) {
        case OF_STREAM ->
            ListedChanges.read(
                file.slice(), lines, new StreamRecordParser(rules, ChangeSource.UNKNOWN), sink);
        case OF_EXPORT ->
            ListedChanges.read(file.slice(), lines, new ExportRecordParser(rules), sink);
        case OF_EXPORT_IN_ION ->
            ListedChanges.read(
                file.slice(),
                ListedChanges.Text.ION,
                new IonExportParser(new ExportRecordParser(rules)),
                sink);
      }
    }
  }

  /**
   * Objects of JSON.
   *
   * @param kind of the records
   * @param source of records that name theirs
   * @param items how plain JSON becomes items
   */
  record Objects(ChangeKind kind, ChangeSource source, JsonFormat items) implements ChangeForm {

    @Override
    public void read(ChangeFile file, KeySchema schema, ChangeSink sink) throws IOException {
      changes(schema, sink).read(file);
    }

    @Override
    public void join(List<Fragment> fragments, KeySchema schema, ChangeSink sink) {
      new JoinedFragments(kind, changes(schema, sink)).read(fragments);
    }

    private JsonChanges changes(KeySchema schema, ChangeSink sink) {
      return new JsonChanges(kind, parser(new ChangeRules(schema)), sink);
    }

    private ChangeParser parser(ChangeRules rules) {
      return switch (kind) {
        case STREAM -> new StreamRecordParser(rules, source);
        case KINESIS -> new KinesisRecordParser(rules, source);
        case SIMPLE -> new SimpleRecordParser(rules, itemParser(rules.schema()));
        default -> throw new IllegalStateException(kind + " has no objects of JSON");
      };
    }

    private RecordParser itemParser(KeySchema schema) {
      try {
        return items.withKeys(schema.attributes()).open(InputStream.nullInputStream()).parser();
      } catch (IOException e) {
        throw new UncheckedIOException("reading nothing does not fail", e);
      }
    }

    @Override
    public @Nullable ChangeForm ofTable(String table) {
      return kind == ChangeKind.SIMPLE ? null : new Objects(kind, source.of(table), items);
    }
  }

  /**
   * Rows of AWS DMS.
   *
   * @param reader of the files
   * @param order of the rows
   */
  record Rows(Format reader, RowOrder order) implements ChangeForm {

    @Override
    public void read(ChangeFile file, KeySchema schema, ChangeSink sink) throws IOException {
      Format keyed = reader.withKeySchema(schema);
      new DmsChanges(keyed, order, new ChangeRules(schema), sink).read(file);
    }
  }
}
