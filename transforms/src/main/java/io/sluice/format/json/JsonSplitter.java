/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.item.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits JSON into objects, wherever lines end: at the top level of the file, in an array that is
 * the whole file, or, as {@link JsonLayout.Envelopes} say, in an array that is a member of an
 * object at the top level, such as {@code {"Items":[…]}}.
 *
 * <p>Commas, white space and other members of the envelope belong to no record, but must be where
 * JSON allows them: see {@link JsonListSplitter}.
 */
public final class JsonSplitter extends JsonListSplitter {
  private static final int LONGEST_NAME = 32;
  private static final String RECORDS = "Records";

  private enum Place {
    TOP,
    ARRAY,
    /** In the array of an envelope. */
    ENVELOPED_ARRAY,
    /** In an envelope, after its array. */
    ENVELOPE
  }

  /** What precedes the current position at the top level. */
  private enum Before {
    NOTHING,
    OBJECT,
    ARRAY
  }

  private final JsonLayout.Envelopes envelopes;
  private Place place = Place.TOP;
  private Before before = Before.NOTHING;

  /** The envelope without the contents of its arrays. */
  private final EnvelopeText envelope = new EnvelopeText();

  public JsonSplitter(InputStream file) throws IOException {
    this(file, JsonLayout.Envelopes.OPENED);
  }

  public JsonSplitter(InputStream file, JsonLayout.Envelopes envelopes) throws IOException {
    super(file);
    this.envelopes = envelopes;
  }

  /** Whether a line is blank, and so not a record. */
  public static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  protected boolean advance() throws IOException {
    clearFault();
    while (true) {
      switch (place) {
        case TOP -> {
          begin();
          int b = peek();
          if (b < 0) {
            end(0);
            return false;
          }
          if (isSpace(b)) {
            take();
          } else if (isMisplaced(b)) {
            before = Before.NOTHING;
            return report(
                Reason.MALFORMED, "text behind the JSON value: a list stands alone in its file");
          } else {
            take();
            if (takeTop(b)) {
              return true;
            }
          }
        }
        case ARRAY, ENVELOPED_ARRAY -> {
          switch (nextElement()) {
            case RECORD -> {
              return true;
            }
            case END_OF_FILE -> {
              return endInside();
            }
            case CLOSED -> {
              envelope.add(']');
              place = place == Place.ARRAY ? Place.TOP : Place.ENVELOPE;
            }
          }
        }
        case ENVELOPE -> {
          begin();
          int b = takeOfEnvelope();
          if (b < 0) {
            return endInside();
          }
          if (!skipEnvelope(b)) {
            return true;
          }
        }
      }
    }
  }

  private boolean isMisplaced(int b) {
    return b == '[' ? before != Before.NOTHING : b == '{' && before == Before.ARRAY;
  }

  /** Takes a record at the top level; false when it is a list or an envelope instead. */
  private boolean takeTop(int first) throws IOException {
    before = first == '[' ? Before.ARRAY : Before.OBJECT;
    if (first == '[') {
      place = Place.ARRAY;
      startList();
      return false;
    }
    if (first == '{' && envelopes != JsonLayout.Envelopes.NONE) {
      return takeObjectOrEnvelope();
    }
    takeValue(first);
    return true;
  }

  /**
   * Reports a list or an envelope that is cut off by the end of the file, as a record without
   * bytes.
   */
  private boolean endInside() {
    place = Place.TOP;
    if (isCutOff()) {
      return false;
    }
    begin();
    end(0);
    failUnclosed();
    return true;
  }

  /**
   * Takes a whole object; false when it is an envelope instead, which is then taken up to its
   * array.
   */
  private boolean takeObjectOrEnvelope() throws IOException {
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
          onlyMetadata &= name == null || EnvelopeText.isMetadata(name);
          name = nameSince(start);
          nameNext = false;
        }
      } else if (b == ',' && depth == 1) {
        nameNext = true;
      } else if (b == '['
          && depth == 1
          && onlyMetadata
          && mayBeOpened(name)
          && envelope.begin(takenBytes())) {
        place = Place.ENVELOPED_ARRAY;
        startList();
        return false;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      if (b < 0) {
        end(0);
        failUnclosed();
        return true;
      }
    }
    end(0);
    return true;
  }

  private boolean mayBeOpened(@Nullable String array) {
    return envelopes == JsonLayout.Envelopes.OPENED || RECORDS.equals(array);
  }

  /**
   * Returns the string that was taken since this position in the record, with its closing quote.
   */
  private String nameSince(long start) {
    int length = (int) Math.min(taken() - start - 1, LONGEST_NAME + 1L);
    StringBuilder text = new StringBuilder(length);
    for (int back = length + 1; back > 1; back--) {
      text.append((char) takenAt(back));
    }
    return text.toString();
  }

  private int takeOfEnvelope() throws IOException {
    int b = take();
    envelope.add(b);
    return b;
  }

  private int takeStringOfEnvelope() throws IOException {
    while (true) {
      int b = takeOfEnvelope();
      if (b == '\\') {
        b = takeOfEnvelope();
      } else if (b == '"') {
        return b;
      }
      if (b < 0) {
        return -1;
      }
    }
  }

  /**
   * Skips what follows the array in its envelope. True when there is nothing to report; false at
   * something with items, such as another array, or at damage.
   */
  private boolean skipEnvelope(int first) throws IOException {
    if (first == '}') {
      place = Place.TOP;
      if (!envelope.isJson()) {
        report(Reason.MALFORMED, "what is around the list of items is not valid JSON");
        return false;
      }
    } else if (first == '"') {
      return skipMember();
    } else if (first == '{') {
      int depth = 1;
      int b = 0;
      while (depth > 0 && b >= 0) {
        b = takeOfEnvelope();
        if (b == '"') {
          b = takeStringOfEnvelope();
        } else if (b == '{') {
          depth++;
        } else if (b == '}') {
          depth--;
        }
      }
    } else if (first == '[') {
      takeSecondArray();
      return false;
    }
    return true;
  }

  /** Takes the name of a member; false when the member may not be skipped. */
  private boolean skipMember() throws IOException {
    long start = taken();
    if (takeStringOfEnvelope() < 0) {
      return true;
    }
    String name = nameSince(start);
    int next = peek();
    while (next == ':' || isSpace(next)) {
      takeOfEnvelope();
      next = peek();
    }
    // A list is read by itself, and the string value of a metadata member is not a name.
    boolean passed = EnvelopeText.isMetadata(name) || next == '[';
    if (passed && next == '"') {
      takeOfEnvelope();
      takeStringOfEnvelope();
    }
    if (!passed) {
      end(0);
      fail(Reason.NOT_AN_ITEM, "the object has a list and other members: it is no list of items");
    }
    return passed;
  }

  private void takeSecondArray() throws IOException {
    fail(
        Reason.NOT_AN_ITEM,
        "the file holds a second list of items, perhaps of another table; only the first is read");
    takeBrackets(1);
    envelope.add(']');
  }
}
