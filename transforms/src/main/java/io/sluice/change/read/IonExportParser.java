/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeParser;
import io.sluice.change.record.ExportRecordParser;
import io.sluice.format.ion.IonChanges;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parses records of incremental exports in Ion text. */
final class IonExportParser implements ChangeParser {
  private static final Set<String> MEMBERS = Set.of("Metadata", "Keys", "OldImage", "NewImage");

  private final ExportRecordParser records;

  IonExportParser(ExportRecordParser records) {
    this.records = records;
  }

  @Override
  public Change parse(byte[] record) throws InvalidItemException {
    Map<String, Map<String, AttributeValue>> members = IonChanges.members(record);
    if (!MEMBERS.containsAll(members.keySet())) {
      throw new InvalidItemException(
          Reason.MALFORMED,
          "not a record of an incremental export: it has a member that none of one has");
    }
    Map<String, AttributeValue> metadata = members.getOrDefault("Metadata", Map.of());
    AttributeValue micros = metadata.get("WriteTimestampMicros");
    return records.change(
        micros == null ? null : micros.n() == null ? micros.s() : micros.n(),
        members.get("Keys"),
        members.get("NewImage"));
  }
}
