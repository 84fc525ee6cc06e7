/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import static org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sluice.format.FileStream;
import io.sluice.format.stream.LineSink;
import io.sluice.item.ItemCursor;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJsonBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of items and the file of their origins beside it, while both are being written. Not for
 * use by several threads.
 */
final class StagedPart {
  private static final Logger LOG = LoggerFactory.getLogger(StagedPart.class);

  private final String folder;
  private final String name;
  private final FileStream items;
  private final LineSink itemLines;
  private final FileStream origins;
  private final LineSink originLines;
  private final Map<String, byte[]> keyNames = new HashMap<>();
  private long count;
  private long bytes;

  /** The file of the last item, and its name in JSON. */
  private String lastFile = "";

  private byte[] lastFileJson = {};

  /** The origin of the item that is written. */
  private SourcedItem current;

  /**
   * Creates both files.
   *
   * @param folder ending in a slash
   */
  StagedPart(String folder, String name, KeySchema schema) throws IOException {
    this.folder = folder;
    this.name = name;
    for (KeyAttribute key : schema.attributes()) {
      keyNames.put(key.name(), json(key.name()));
    }
    this.items = FileStream.create(place(folder, StagedFile.ofItems(name)));
    this.itemLines = new LineSink(items, LineSink::dynamoDbJson);
    this.origins = FileStream.create(place(folder, StagedFile.ofOrigins(name)));
    this.originLines = new LineSink(origins, this::originLines);
  }

  private static ResourceId place(String folder, String file) {
    return FileSystems.matchNewResource(folder + file, false);
  }

  private static byte[] json(String text) {
    return JsonStringEncoder.getInstance().quoteAsUTF8(text);
  }

  private LineSink.Lines originLines(OutputStream out) {
    ItemJsonBuffer line = new ItemJsonBuffer();
    return item -> {
      String file = current.origin().file();
      if (!file.equals(lastFile)) {
        lastFile = file;
        lastFileJson = json(file);
      }
      line.raw("{\"file\":\"").raw(lastFileJson).raw("\",\"offset\":");
      line.raw(Long.toString(current.origin().offset())).raw(",\"key\":{");
      writeKey(item, line);
      line.raw("}}\n");
      out.write(line.array(), 0, line.size());
      line.truncate(0);
    };
  }

  private void writeKey(ItemCursor item, ItemJsonBuffer line) {
    boolean isFirst = true;
    for (int left = item.count(); left > 0; left--) {
      byte[] key = keyNames.get(item.name());
      if (key == null) {
        item.type();
        item.skip();
      } else {
        line.raw(isFirst ? "\"" : ",\"").raw(key).raw("\":").value(item);
        isFirst = false;
      }
    }
  }

  void write(SourcedItem item) throws IOException {
    itemLines.write(item);
    current = item;
    originLines.write(item);
    count++;
    bytes += item.bytes();
  }

  /** Returns about how long the items would be without compression. */
  long bytes() {
    return bytes;
  }

  /** Completes both files. */
  StagedFile finish() throws IOException {
    finish(itemLines, items);
    finish(originLines, origins);
    return new StagedFile(name, count, items.position());
  }

  private static void finish(LineSink lines, FileStream stream) throws IOException {
    lines.finish();
    lines.close();
    stream.close();
  }

  /** Abandons both files. */
  void discard() {
    abandon(itemLines, items);
    abandon(originLines, origins);
    delete(folder, List.of(name));
  }

  private static void abandon(LineSink lines, FileStream stream) {
    lines.close();
    try {
      stream.abandon();
    } catch (IOException | RuntimeException e) {
      LOG.debug("A staged file was not abandoned", e);
    }
  }

  /** Deletes files of a bundle that did not complete; any that remain are in no claim. */
  static void delete(String folder, List<String> names) {
    try {
      FileSystems.delete(
          names.stream()
              .flatMap(
                  name -> List.of(StagedFile.ofItems(name), StagedFile.ofOrigins(name)).stream())
              .map(file -> place(folder, file))
              .toList(),
          IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} staged files of a part that failed stay behind: {}", names.size(), e.toString());
    }
  }
}
