/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJson;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A rejected record or item, with everything that is needed to correct and replay it.
 *
 * @param stage the step that rejected it
 * @param reason why
 * @param message why, for a person; never holds the contents
 * @param origin the file and offset it came from
 * @param payload what was rejected: for {@link Stage#READ} the record's bytes, or what a reader has
 *     made of them; else the item as a line of DynamoDB JSON; truncated when the reason is {@link
 *     Reason#RECORD_TOO_LONG}
 * @param format the format of the payload
 */
@DefaultCoder(SerializableCoder.class)
public record Rejection(
    Stage stage, Reason reason, String message, Origin origin, byte[] payload, PayloadFormat format)
    implements Serializable {

  /** The steps that may reject. */
  public enum Stage {
    READ,
    DEDUPE,
    WRITE,
    VERIFY
  }

  /** Rejects a record of a file that is not an item. */
  public static Rejection ofRecord(
      Origin origin, byte[] record, PayloadFormat format, InvalidItemException why) {
    return new Rejection(Stage.READ, why.reason(), why.getMessage(), origin, record, format);
  }

  /** Rejects a record of a file whose item breaks a rule. */
  public static Rejection ofInvalidItem(
      Origin origin, Map<String, AttributeValue> item, InvalidItemException why) {
    return ofItem(Stage.READ, origin, item, why.reason(), why.getMessage());
  }

  /** Rejects an item that a later step cannot let through. */
  public static Rejection ofItem(Stage stage, SourcedItem item, Reason reason, String message) {
    return ofItem(stage, item.origin(), item.item(), reason, message);
  }

  private static Rejection ofItem(
      Stage stage, Origin origin, Map<String, AttributeValue> item, Reason reason, String message) {
    byte[] json = ("{\"Item\":" + ItemJson.toJson(item) + "}").getBytes(StandardCharsets.UTF_8);
    return new Rejection(stage, reason, message, origin, json, PayloadFormat.ITEM);
  }

  /**
   * Rejects the delete of an item; its payload is that of a BatchWriteItem, which is no item and
   * never becomes one.
   *
   * @param key the attributes of the key and no others
   */
  public static Rejection ofDelete(Stage stage, SourcedItem key, Reason reason, String message) {
    String json = "{\"DeleteRequest\":{\"Key\":" + ItemJson.toJson(key.item()) + "}}";
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return new Rejection(stage, reason, message, key.origin(), utf8, PayloadFormat.ITEM);
  }

  /**
   * Returns the same rejection without its payload, for lists that are shown to a person or logged.
   */
  public Rejection withoutPayload() {
    return new Rejection(stage, reason, message, origin, new byte[0], PayloadFormat.ITEM);
  }

  /** Compares payloads by their contents, which a record does not do by itself. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Rejection other
        && stage == other.stage
        && reason == other.reason
        && message.equals(other.message)
        && origin.equals(other.origin)
        && Arrays.equals(payload, other.payload)
        && format.equals(other.format);
  }

  @Override
  public int hashCode() {
    return Objects.hash(reason, origin, Arrays.hashCode(payload));
  }

  /** Leaves the payload out, because this may end up in a log. */
  @Override
  public String toString() {
    return stage + " " + reason + ": " + message + " (" + origin + ")";
  }
}
