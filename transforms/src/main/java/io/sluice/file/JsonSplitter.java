/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Set;

/**
 * A record is a JSON object, wherever its lines end: at the top level of the file, in an array at
 * the top level, or with {@link Envelopes#OPENED} in an array that is a member of an object at the
 * top level, such as {@code {"Items":[…]}}.
 *
 * <p>It looks only at brackets and strings; what is inside is the parser's to judge. Something that
 * is no object is a record too, up to the next comma, closing bracket or line end, and so rejected.
 * Commas, white space and what the envelope holds beside the array belong to no record.
 */
final class JsonSplitter extends RecordSplitter {
  /** What DynamoDB's interfaces say beside a list of items. */
  private static final Set<String> METADATA =
      Set.of(
          "$metadata",
          "ConsumedCapacity",
          "Count",
          "ItemCollectionMetrics",
          "LastEvaluatedKey",
          "NextToken",
          "ResponseMetadata",
          "ScannedCount",
          "UnprocessedItems");

  private static final int LONGEST_NAME = 32;

  private enum Place {
    TOP,
    ARRAY,
    /** In an array of an envelope. */
    ENVELOPED_ARRAY,
    /** In an envelope, behind its array. */
    ENVELOPE
  }

  /** What an object at the top level is that has an array for a member. */
  enum Envelopes {
    /** An envelope around records: a value of DynamoDB JSON is never an array. */
    OPENED,
    /** A record as any other. */
    NONE
  }

  private final Envelopes envelopes;
  private Place place = Place.TOP;
  private boolean unclosed;
  private boolean secondArray;

  /** Set when the record is the name of a member beside the array, which would be lost. */
  private boolean stray;

  JsonSplitter(InputStream file) throws IOException {
    this(file, Envelopes.OPENED);
  }

  JsonSplitter(InputStream file, Envelopes envelopes) throws IOException {
    super(file, 0);
    this.envelopes = envelopes;
    skipByteOrderMark();
  }

  /** The records of a file from its first byte: its lines, or else the objects of the document. */
  static RecordSplitter linesOrObjects(InputStream file, Envelopes envelopes) throws IOException {
    byte[] head = file.readNBytes(Format.HEAD_BYTES);
    PushbackInputStream whole = new PushbackInputStream(file, Format.HEAD_BYTES);
    whole.unread(head);
    return JsonLayout.of(head, envelopes) == JsonLayout.LINES
        ? LineSplitter.lines(whole)
        : new JsonSplitter(whole, envelopes);
  }

  /** Whether a line holds nothing, and so is no record. */
  static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  protected boolean advance() throws IOException {
    unclosed = false;
    secondArray = false;
    stray = false;
    while (true) {
      begin();
      int b = take();
      if (b < 0) {
        return endInside();
      }
      if (isSpace(b) || (b == ',' && place != Place.TOP)) {
        continue;
      }
      switch (place) {
        case TOP -> {
          if (b == '[') {
            place = Place.ARRAY;
            continue;
          }
        }
        case ARRAY, ENVELOPED_ARRAY -> {
          if (b == ']') {
            place = place == Place.ARRAY ? Place.TOP : Place.ENVELOPE;
            continue;
          }
        }
        case ENVELOPE -> {
          if (skipEnvelope(b)) {
            continue;
          }
          return true;
        }
      }
      if (takeRecord(b)) {
        return true;
      }
    }
  }

  /** One last record, without bytes, reports a list or an envelope that the file's end cuts off. */
  private boolean endInside() {
    unclosed = place != Place.TOP;
    place = Place.TOP;
    end(0);
    return unclosed;
  }

  /** Takes a whole value; false when it turned out to be an envelope, opened up to its array. */
  private boolean takeRecord(int first) throws IOException {
    if (first != '{') {
      return takeScrap(first);
    }
    int depth = 1;
    String name = null;
    boolean nameNext = true;
    boolean onlyMetadata = true;
    while (depth > 0) {
      int b = take();
      if (b == '"') {
        long start = taken();
        b = takeString();
        if (b == '"' && depth == 1 && nameNext) {
          onlyMetadata &= name == null || METADATA.contains(name);
          name = lastTaken((int) Math.min(taken() - start - 1, LONGEST_NAME + 1L));
          nameNext = false;
        }
      } else if (b == ',' && depth == 1) {
        nameNext = true;
      } else if (b == '[' && depth == 1 && opensEnvelope() && onlyMetadata) {
        place = Place.ENVELOPED_ARRAY;
        return false;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      if (b < 0) {
        unclosed = true;
        place = Place.TOP;
        break;
      }
    }
    end(0);
    return true;
  }

  /** The string of so many bytes before the closing quote that was taken last. */
  private String lastTaken(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int back = length + 1; back > 1; back--) {
      text.append((char) takenAt(back));
    }
    return text.toString();
  }

  private boolean opensEnvelope() {
    return place == Place.TOP && envelopes == Envelopes.OPENED;
  }

  /** Takes something that is no object, up to where the next record may begin. */
  private boolean takeScrap(int first) throws IOException {
    int b = first;
    int depth = b == '[' ? 1 : 0;
    while (true) {
      if (b == '"') {
        takeString();
      }
      int next = peek();
      if (next < 0 || (depth == 0 && (next == ',' || next == ']' || next == '\n'))) {
        end(0);
        return true;
      }
      b = take();
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth = Math.max(0, depth - 1);
      }
    }
  }

  /** Takes the rest of a string; the closing quote, or -1 at the end of the file. */
  private int takeString() throws IOException {
    while (true) {
      int b = take();
      if (b == '\\') {
        b = take();
      } else if (b == '"') {
        return b;
      }
      if (b < 0) {
        return -1;
      }
    }
  }

  /**
   * Passes over what follows the array in its envelope. True when it was the end of the envelope or
   * something without items; false when it was one more array, which is then a record as a whole.
   */
  private boolean skipEnvelope(int first) throws IOException {
    if (first == '}') {
      place = Place.TOP;
    } else if (first == '"') {
      return skipMember();
    } else if (first == '{') {
      int depth = 1;
      int b = 0;
      while (depth > 0 && b >= 0) {
        b = take();
        if (b == '"') {
          b = takeString();
        } else if (b == '{') {
          depth++;
        } else if (b == '}') {
          depth--;
        }
      }
    } else if (first == '[') {
      takeRecordArray();
      secondArray = true;
      return false;
    }
    return true;
  }

  /** Takes the name of a member; false when the member is not of those that may be passed over. */
  private boolean skipMember() throws IOException {
    long start = taken();
    if (takeString() < 0) {
      return true;
    }
    String name = lastTaken((int) Math.min(taken() - start - 1, LONGEST_NAME + 1L));
    int next = peek();
    while (next == ':' || isSpace(next)) {
      take();
      next = peek();
    }
    // A list is taken by itself, and a metadata's string is no name.
    boolean passed = METADATA.contains(name) || next == '[';
    if (passed && next == '"') {
      take();
      takeString();
    }
    stray = !passed;
    if (stray) {
      end(0);
    }
    return passed;
  }

  private void takeRecordArray() throws IOException {
    int depth = 1;
    while (depth > 0) {
      int b = take();
      if (b == '"') {
        b = takeString();
      } else if (b == '[') {
        depth++;
      } else if (b == ']') {
        depth--;
      }
      if (b < 0) {
        unclosed = true;
        place = Place.TOP;
        break;
      }
    }
    end(0);
  }

  @Override
  public void checkWhole() throws InvalidItemException {
    super.checkWhole();
    if (unclosed) {
      throw new InvalidItemException(
          Reason.MALFORMED, "the JSON value is not closed before the end of the file");
    }
    if (stray) {
      throw new InvalidItemException(
          Reason.NOT_AN_ITEM, "the object has a list and other members: it is no list of items");
    }
    if (secondArray) {
      throw new InvalidItemException(
          Reason.NOT_AN_ITEM,
          "the file holds a second list of items, perhaps of another table; only the first is read");
    }
  }

  static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
