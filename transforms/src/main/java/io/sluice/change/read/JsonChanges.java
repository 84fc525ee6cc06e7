/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.json.Envelopes;
import io.sluice.change.json.JsonPieces;
import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeParser;
import io.sluice.format.json.ChangeKind;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads changes that are objects of JSON, alone or in the envelopes of services. */
final class JsonChanges {
  private final ChangeKind kind;
  private final ChangeParser parser;
  private final ChangeSink sink;

  JsonChanges(ChangeKind kind, ChangeParser parser, ChangeSink sink) {
    this.kind = kind;
    this.parser = parser;
    this.sink = sink;
  }

  /** Reads a file. */
  void read(ChangeFile file) throws IOException {
    Brackets brackets = new Brackets();
    try (JsonPieces pieces =
        new JsonPieces(
            file.slice().open(), 0, kind, brackets, file.isContinued(), !file.isLast())) {
      for (JsonPieces.Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
        switch (piece.kind()) {
          case HEAD -> keep(Fragment.Kind.HEAD, file, piece);
          case ALL -> keep(Fragment.Kind.ALL, file, piece);
          case TAIL -> keep(Fragment.Kind.TAIL, file, piece);
          default -> take(file.name(), piece);
        }
      }
    }
    Fragment rest = brackets.rest(file);
    if (rest != null && (file.isContinued() || !file.isLast())) {
      sink.fragment(rest);
    } else if (rest != null) {
      refuse(rest);
    }
  }

  private void keep(Fragment.Kind fragment, ChangeFile file, JsonPieces.Piece piece) {
    sink.fragment(Fragment.of(fragment, file, piece.offset(), piece.bytes()));
  }

  /** Refuses brackets for which there is no counterpart in any file. */
  void refuse(Fragment open) {
    if (open.offset() != Fragment.NONE) {
      refuseClosing(open.file(), open.offset());
    }
    if (open.openAt() != Fragment.NONE) {
      refuseOpening(open.file(), open.openAt());
    }
  }

  void refuseClosing(String file, long offset) {
    reject(
        file,
        offset,
        new byte[] {']'},
        "a list is closed that was not opened, or the object around it is not");
  }

  /** Refuses a list that is not closed: of its records some may be missing. */
  void refuseOpening(String file, long offset) {
    reject(file, offset, new byte[] {'['}, "a list of records is not closed");
  }

  private void reject(String file, long offset, byte[] bytes, String why) {
    sink.reject(new Origin(file, offset), bytes, new InvalidItemException(Reason.MALFORMED, why));
  }

  /** Takes a piece of a file that belongs to no other. */
  void take(String file, JsonPieces.Piece piece) {
    switch (piece.kind()) {
      case OBJECT -> object(file, piece.offset(), piece.bytes());
      case BRACKET ->
          reject(
              file,
              piece.offset(),
              piece.bytes(),
              "a list is opened within another, or closed without being opened");
      case REST ->
          reject(
              file,
              piece.offset(),
              piece.bytes(),
              "what follows a list of records in its object may hold more of them");
      case TOO_LONG ->
          sink.reject(
              new Origin(file, piece.offset()),
              piece.bytes(),
              new InvalidItemException(
                  Reason.RECORD_TOO_LONG,
                  "an object of more than the " + JsonPieces.MOST_BYTES + " bytes allowed"));
      default ->
          reject(
              file,
              piece.offset(),
              piece.bytes(),
              "not JSON, or cut off: reading goes on at the next record");
    }
  }

  /** Takes an object, which may be an envelope. */
  void object(String file, long offset, byte[] object) {
    try {
      pass(file, offset, parser.parse(object));
    } catch (InvalidItemException e) {
      if (!takeEnveloped(file, offset, object)) {
        sink.reject(new Origin(file, offset), object, e);
      }
    }
  }

  /** Takes the records in an envelope; false when it is none. */
  private boolean takeEnveloped(String file, long offset, byte[] object) {
    List<Envelopes.Enveloped> within = Envelopes.open(object);
    if (within == null) {
      return false;
    }
    for (Envelopes.Enveloped record : within) {
      long place = offset + record.offset();
      try {
        pass(file, place, parser.parse(record.bytes()));
      } catch (InvalidItemException e) {
        sink.reject(new Origin(file, place), record.bytes(), e);
      }
    }
    return true;
  }

  private void pass(String file, long offset, @Nullable Change change) {
    if (change == null) {
      sink.skip();
    } else {
      sink.change(change.from(new Origin(file, offset)));
    }
  }
}
