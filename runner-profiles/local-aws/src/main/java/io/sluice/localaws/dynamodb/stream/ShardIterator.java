/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Names a place in a shard.
 *
 * @param arn the stream's
 * @param from the least sequence number that was not read yet
 * @param millis when it was given out, since the epoch
 */
public record ShardIterator(String arn, String shard, long from, long millis) {

  private static final String SEPARATOR = "|";
  private static final String VERSION = SEPARATOR + "1" + SEPARATOR;

  /** Spells the iterator: the stream's ARN, and what only this server can read. */
  public String text() {
    String place = String.join(SEPARATOR, shard, Long.toString(from), Long.toString(millis));
    String checked = place + SEPARATOR + checksum(place);
    return arn
        + VERSION
        + Base64.getEncoder().encodeToString(checked.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #text} made.
   *
   * @throws DynamoDbException a ValidationException if it did not make it
   */
  public static ShardIterator parse(String text) {
    int version = text.indexOf(VERSION);
    if (version < 0) {
      throw invalid();
    }
    try {
      String checked =
          new String(
              Base64.getDecoder().decode(text.substring(version + VERSION.length())),
              StandardCharsets.UTF_8);
      int end = checked.lastIndexOf(SEPARATOR);
      String[] parts = checked.split("\\|");
      if (parts.length != 4 || !checksum(checked.substring(0, end)).equals(parts[3])) {
        throw invalid();
      }
      return new ShardIterator(
          text.substring(0, version), parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private static DynamoDbException invalid() {
    return DynamoDbException.validation("Invalid ShardIterator");
  }
}
