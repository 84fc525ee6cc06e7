/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.ReaderSettings;
import io.sluice.format.RecordReader;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.SourcedItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads files in any file system as an import does, for the tests of their writers. */
public final class WholeFiles {
  private WholeFiles() {}

  /**
   * Returns all items of a file.
   *
   * @throws IllegalArgumentException when a record is not an item
   */
  public static List<Map<String, AttributeValue>> items(String format, String place)
      throws IOException {
    Format reads = FileFormat.valueOf(format).reader(ReaderSettings.NONE);
    MatchResult.Metadata file = FileSystems.matchSingleFileSpec(place);
    FileSlice slice = FileSlice.whole(file.resourceId(), file.sizeBytes());
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    try (RecordReader records = reads.open(slice)) {
      while (records.next()) {
        // Through the bytes in which items travel.
        items.add(SourcedItem.withoutOrigin(records.parse()).item());
      }
    } catch (InvalidItemException e) {
      throw new IllegalArgumentException("a record of " + place, e);
    }
    return items;
  }
}
