/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.DraftKeys;
import io.sluice.item.ItemDraft;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.json.ItemTranscoder;
import io.sluice.item.json.JsonInput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads records of a stream that are as the service has them: from bytes to bytes, without a map of
 * values. All others, and those that are damaged, are left to {@link StreamRecordParser}. Not for
 * use by several threads.
 */
final class PlainStreamRecords {
  private static final int MOST_DIGITS = 12;
  private static final int MOST_SEQUENCE_DIGITS = 100;

  private final JsonInput in = new JsonInput();
  private final ItemTranscoder items = new ItemTranscoder(in);
  private final DraftKeys keys;

  // Each knows the names of the items before.
  private final ItemDraft keyDraft = new ItemDraft();
  private final ItemDraft imageDraft = new ItemDraft();

  private @Nullable String event;
  private long seconds;
  private @Nullable ItemKey key;
  private byte @Nullable [] image;
  private @Nullable String sequence;

  /** A bit for each member that was read: none comes twice. */
  private int seen;

  PlainStreamRecords(KeySchema schema) {
    this.keys = new DraftKeys(schema, List.of());
  }

  /** Returns the change of a record; null when it has to be parsed. */
  @Nullable Change change(byte[] record) {
    event = null;
    seconds = -1;
    key = null;
    image = null;
    sequence = null;
    seen = 0;
    try {
      in.open(record, record.length);
      boolean isPlain = members(this::member);
      in.expectEnd();
      return isPlain ? change() : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable Change change() {
    boolean isPut = "INSERT".equals(event) || "MODIFY".equals(event);
    boolean isWhole = key != null && sequence != null && seconds >= 0;
    if (!isWhole || isPut != (image != null) || !(isPut || "REMOVE".equals(event))) {
      return null;
    }
    return Change.of(key, new BigInteger(sequence), seconds * 1000, image);
  }

  /** Reads the value of a member; false when the record has to be parsed. */
  private interface Member {
    boolean read(String name) throws IOException;
  }

  private boolean members(Member member) throws IOException {
    in.expect('{');
    do {
      in.string();
      String name = in.name();
      in.expect(':');
      if (!member.read(name)) {
        return false;
      }
    } while (in.another('}'));
    return true;
  }

  private boolean member(String name) throws IOException {
    return switch (name) {
      case "eventName" -> {
        in.string();
        event = in.name();
        yield isFirst(0);
      }
      case "dynamodb" -> isFirst(1) && members(this::ofChange);
      case "eventID" -> skip(2);
      case "eventVersion" -> skip(3);
      case "eventSource" -> skip(4);
      case "awsRegion" -> skip(5);
      case "userIdentity" -> skip(6);
      case "eventSourceARN" -> skip(7);
      default -> false;
    };
  }

  private boolean ofChange(String name) throws IOException {
    return switch (name) {
      case "ApproximateCreationDateTime" -> isFirst(8) && time();
      case "Keys" -> {
        keyDraft.clear();
        items.item(keyDraft);
        key = keys.of(keyDraft);
        keyDraft.end();
        yield key != null && isFirst(9);
      }
      case "NewImage" -> isFirst(10) && image();
      case "SequenceNumber" -> isFirst(11) && sequence();
      case "OldImage" -> skip(12);
      case "SizeBytes" -> skip(13);
      case "StreamViewType" -> skip(14);
      default -> false;
    };
  }

  private boolean isFirst(int member) {
    boolean isFirst = (seen & 1 << member) == 0;
    seen |= 1 << member;
    return isFirst;
  }

  private boolean skip(int member) throws IOException {
    in.skip();
    return isFirst(member);
  }

  /** Reads a time in whole seconds, as the service has them. */
  private boolean time() throws IOException {
    int from = in.position();
    in.skip();
    byte[] digits = in.copyFrom(from);
    seconds = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return false;
      }
      seconds = 10 * seconds + digit - '0';
    }
    return digits.length <= MOST_DIGITS && (digits.length == 1 || digits[0] != '0');
  }

  /** Reads the item after the change, which has the key of the record. */
  private boolean image() throws IOException {
    imageDraft.clear();
    items.item(imageDraft);
    if (key == null || !key.equals(keys.of(imageDraft))) {
      return false;
    }
    image = imageDraft.endOf(Origin.UNKNOWN).encoded();
    return true;
  }

  private boolean sequence() throws IOException {
    in.string();
    String digits = in.text();
    sequence = digits;
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return false;
      }
    }
    return !digits.isEmpty() && digits.length() <= MOST_SEQUENCE_DIGITS;
  }
}
