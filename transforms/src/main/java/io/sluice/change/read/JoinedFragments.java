/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.json.JsonPieces;
import io.sluice.format.json.ChangeKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Joins the records that are spread over the ends of files which continue each other: what a file
 * leaves open is continued by the beginning of the next. What does not make a record together is
 * read on its own.
 */
final class JoinedFragments {
  private static final int MOST_BYTES = JsonPieces.MOST_BYTES;

  private final ChangeKind kind;
  private final JsonChanges changes;
  private final List<Fragment> run = new ArrayList<>();
  private String openFile = "";
  private long openAt = Fragment.NONE;
  private boolean isOpenOfObject;
  private int bytes;

  JoinedFragments(ChangeKind kind, JsonChanges changes) {
    this.kind = kind;
    this.changes = changes;
  }

  /** Reads the fragments of files that continue each other. */
  void read(List<Fragment> fragments) {
    List<Fragment> ordered = new ArrayList<>(fragments);
    ordered.sort(Comparator.comparingInt(Fragment::place).thenComparing(Fragment::kind));
    int place = -1;
    for (Fragment fragment : ordered) {
      // A file that left nothing has begun with a record, and ended with one.
      boolean isNext = fragment.place() == place || fragment.place() == place + 1;
      boolean continues = fragment.kind().compareTo(Fragment.Kind.HEAD) <= 0;
      if (!isNext || (!continues && fragment.place() != place)) {
        end();
      }
      place = fragment.place();
      switch (fragment.kind()) {
        case ALL -> add(fragment);
        case HEAD -> {
          add(fragment);
          end();
        }
        case BRACKETS -> brackets(fragment);
        case TAIL -> {
          end();
          add(fragment);
        }
      }
    }
    end();
    if (openAt != Fragment.NONE) {
      changes.refuseOpening(openFile, openAt);
    }
  }

  private void add(Fragment fragment) {
    if (fragment.bytes().length > MOST_BYTES - bytes) {
      end();
    }
    run.add(fragment);
    bytes += fragment.bytes().length;
  }

  private void brackets(Fragment fragment) {
    if (fragment.offset() != Fragment.NONE) {
      close(fragment.file(), fragment.offset(), fragment.isClosedOfObject());
    }
    if (fragment.openAt() != Fragment.NONE) {
      open(fragment.file(), fragment.openAt(), fragment.isOpenOfObject());
    }
  }

  private void close(String file, long offset, boolean ofObject) {
    if (openAt == Fragment.NONE || isOpenOfObject != ofObject) {
      changes.refuseClosing(file, offset);
    }
    openAt = Fragment.NONE;
  }

  private void open(String file, long offset, boolean ofObject) {
    if (openAt != Fragment.NONE) {
      changes.refuseOpening(openFile, openAt);
    }
    openFile = file;
    openAt = offset;
    isOpenOfObject = ofObject;
  }

  /** Reads the fragments that follow each other without anything between them as one text. */
  private void end() {
    if (run.isEmpty()) {
      return;
    }
    Text text = new Text(List.copyOf(run), bytes);
    run.clear();
    bytes = 0;
    JsonPieces.Lists lists =
        new JsonPieces.Lists() {
          @Override
          public boolean open(long offset, boolean ofObject) {
            JoinedFragments.this.open(text.file(offset), text.offset(offset), ofObject);
            return true;
          }

          @Override
          public boolean close(long offset, boolean ofObject) {
            JoinedFragments.this.close(text.file(offset), text.offset(offset), ofObject);
            return true;
          }

          @Override
          public boolean mayBeOfObject() {
            return openAt == Fragment.NONE || isOpenOfObject;
          }
        };
    try (JsonPieces pieces =
        new JsonPieces(new ByteArrayInputStream(text.bytes), 0, kind, lists, false, false)) {
      for (JsonPieces.Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
        long offset = piece.offset();
        changes.take(
            text.file(offset),
            new JsonPieces.Piece(piece.kind(), text.offset(offset), piece.bytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  /** The bytes of fragments, one after the other, each of which knows where it is from. */
  private static final class Text {
    private final List<Fragment> parts;
    private final byte[] bytes;

    Text(List<Fragment> parts, int length) {
      this.parts = parts;
      this.bytes = new byte[length];
      int at = 0;
      for (Fragment part : parts) {
        System.arraycopy(part.bytes(), 0, bytes, at, part.bytes().length);
        at += part.bytes().length;
      }
    }

    String file(long at) {
      return parts.get(part(at)).file();
    }

    /** Returns the offset in its file of a byte. */
    long offset(long at) {
      int part = part(at);
      long begin = 0;
      for (Fragment before : parts.subList(0, part)) {
        begin += before.bytes().length;
      }
      return parts.get(part).offset() + at - begin;
    }

    private int part(long at) {
      long left = at;
      int part = 0;
      while (part < parts.size() - 1 && left >= parts.get(part).bytes().length) {
        left -= parts.get(part).bytes().length;
        part++;
      }
      return part;
    }
  }
}
