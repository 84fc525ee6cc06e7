/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.item.ItemKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A key that somebody has asked for, and the answer, which comes later and never fails. */
final class Asked extends CompletableFuture<Answer> {
  private final ItemKey key;
  private @Nullable Map<String, AttributeValue> attributes;
  private volatile boolean sent;

  /**
   * Asks for a key.
   *
   * @param attributes of the key
   */
  Asked(ItemKey key, Map<String, AttributeValue> attributes) {
    this.key = key;
    this.attributes = attributes;
  }

  /** Returns a key whose answer is known. */
  static Asked known(ItemKey key, Answer answer) {
    Asked asked = new Asked(key, Map.of());
    asked.send();
    asked.complete(answer);
    return asked;
  }

  ItemKey key() {
    return key;
  }

  /** Returns the attributes of the key, which are kept until then. */
  Map<String, AttributeValue> takeAttributes() {
    Map<String, AttributeValue> taken = attributes;
    if (taken == null) {
      throw new IllegalStateException("a key is read once");
    }
    attributes = null;
    return taken;
  }

  void send() {
    sent = true;
  }

  /** Whether its key is in a request, or was. */
  boolean isSent() {
    return sent;
  }
}
