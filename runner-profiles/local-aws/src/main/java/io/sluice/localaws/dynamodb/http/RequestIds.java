/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.ThreadLocalRandom;

/** Makes the ids of requests: 52 capital letters and digits, as the service's are. */
final class RequestIds {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 52;

  /** Is how many of them a random number of 63 bits is good for. */
  private static final int DRAWN = 12;

  private RequestIds() {}

  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] id = new byte[LENGTH];
    long rest = 0;
    for (int i = 0; i < LENGTH; i++) {
      if (i % DRAWN == 0) {
        rest = random.nextLong() >>> 1;
      }
      id[i] = (byte) ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(id, ISO_8859_1);
  }
}
