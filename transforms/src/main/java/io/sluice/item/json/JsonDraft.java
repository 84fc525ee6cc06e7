/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.ItemDraft;
import java.io.IOException;
import java.util.Set;

/**
 * Drafts items of JSON records. Accepts nothing that {@link ItemJson#parseRecord} and {@link
 * PlainJson#parseRecord} do not, but not everything: the rest is for them. DynamoDB's rules are not
 * checked. Not for use by several threads.
 */
public final class JsonDraft {
  private static final String ITEM = "Item";
  private static final byte[] ITEM_NAME = {'I', 't', 'e', 'm'};

  /** The names of an only attribute that may be an envelope. */
  private static final Set<String> ENVELOPES = Set.of(ITEM, "PutRequest", "DeleteRequest");

  private final JsonInput in = new JsonInput();
  private final PlainTranscoder plain = new PlainTranscoder(in);
  private final ItemTranscoder typed = new ItemTranscoder(in);

  /** Drafts the item of a record as {@link PlainJson#parseRecord} would read it, or not at all. */
  public boolean plain(byte[] record, ItemDraft item) {
    try {
      in.open(record, record.length);
      plain.item(item);
      in.expectEnd();
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Drafts the item of a record as {@link ItemJson#parseRecord} would read it, or not at all. */
  public boolean typed(byte[] record, ItemDraft item) {
    try {
      in.open(record, record.length);
      in.expect('{');
      in.peek();
      if (in.takeString(ITEM_NAME)) {
        in.expect(':');
        typed.item(item);
        in.expect('}');
      } else {
        in.open(record, record.length);
        typed.item(item);
        if (item.attributes() > 0 && ENVELOPES.contains(item.name(0))) {
          return false;
        }
      }
      in.expectEnd();
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
