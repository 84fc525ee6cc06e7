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
 * A record or item that was refused: kept with everything that is needed to mend and replay it.
 *
 * @param stage the step that refused it
 * @param reason why
 * @param message why, for a person; never holds the contents
 * @param origin the file and offset it came from
 * @param payload what was refused: for {@link Stage#READ} the record's bytes, or what a reader has
 *     made of it; else the item as a line of DynamoDB JSON; cut when the reason is {@link
 *     Reason#RECORD_TOO_LONG}
 * @param format what the payload is written in
 */
@DefaultCoder(SerializableCoder.class)
public record Rejection(
    Stage stage, Reason reason, String message, Origin origin, byte[] payload, PayloadFormat format)
    implements Serializable {

  /** The steps that may refuse. */
  public enum Stage {
    READ,
    DEDUPE,
    WRITE,
    VERIFY
  }

  /** A record of a file that is no item. */
  public static Rejection ofRecord(
      Origin origin, byte[] record, PayloadFormat format, InvalidItemException why) {
    return new Rejection(Stage.READ, why.reason(), why.getMessage(), origin, record, format);
  }

  /** A record of a file that gave an item, which breaks a rule. */
  public static Rejection ofInvalidItem(
      Origin origin, Map<String, AttributeValue> item, InvalidItemException why) {
    return ofItem(Stage.READ, origin, item, why.reason(), why.getMessage());
  }

  /** An item that a later step cannot let through. */
  public static Rejection ofItem(Stage stage, SourcedItem item, Reason reason, String message) {
    return ofItem(stage, item.origin(), item.item(), reason, message);
  }

  private static Rejection ofItem(
      Stage stage, Origin origin, Map<String, AttributeValue> item, Reason reason, String message) {
    byte[] json = ("{\"Item\":" + ItemJson.toJson(item) + "}").getBytes(StandardCharsets.UTF_8);
    return new Rejection(stage, reason, message, origin, json, PayloadFormat.ITEM);
  }

  /** The same, for lists that are shown to a person or a log. */
  public Rejection withoutPayload() {
    return new Rejection(stage, reason, message, origin, new byte[0], PayloadFormat.ITEM);
  }

  /** Compares the payload by its contents, which a record does not do by itself. */
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

  /** Leaves the payload out: this may end in a log. */
  @Override
  public String toString() {
    return stage + " " + reason + ": " + message + " (" + origin + ")";
  }
}
