/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs texts for one service of one region, with the key that Signature Version 4 derives from
 * credentials and day, which is kept. Safe for use by several threads.
 */
final class SigningKey {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String TERMINATOR = "aws4_request";
  private static final String HMAC = "HmacSHA256";
  private static final int DAY_LENGTH = 8;
  private static final HexFormat HEX = HexFormat.of();

  /** The digests of a thread: to find them takes longer than to use them. */
  private static final ThreadLocal<Digests> DIGESTS = ThreadLocal.withInitial(Digests::new);

  private final String region;
  private final String service;
  private volatile @Nullable DayKey last;

  private static final class Digests {
    final MessageDigest sha256;
    final Mac hmac;

    Digests() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
        hmac = Mac.getInstance(HMAC);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private record DayKey(String day, String id, String secret, byte[] key) {
    boolean isOf(String someDay, AwsCredentialsIdentity identity) {
      return day.equals(someDay)
          && id.equals(identity.accessKeyId())
          && secret.equals(identity.secretAccessKey());
    }
  }

  SigningKey(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /** Returns the SHA-256 in hexadecimal. */
  static String sha256(byte[] bytes, int size) {
    MessageDigest sha256 = DIGESTS.get().sha256;
    sha256.update(bytes, 0, size);
    return HEX.formatHex(sha256.digest());
  }

  /** Returns what the key of this time is for, as in the header with the signature. */
  String scope(String time) {
    return time.substring(0, DAY_LENGTH) + '/' + region + '/' + service + '/' + TERMINATOR;
  }

  /**
   * Returns the signature of a request in hexadecimal.
   *
   * @param time such as {@code 20260131T235959Z}
   * @param request in the canonical form
   */
  String sign(String request, String time, AwsCredentialsIdentity identity) {
    byte[] bytes = request.getBytes(UTF_8);
    String text = ALGORITHM + '\n' + time + '\n' + scope(time) + '\n' + sha256(bytes, bytes.length);
    return HEX.formatHex(hmac(keyOf(time.substring(0, DAY_LENGTH), identity), text));
  }

  private byte[] keyOf(String day, AwsCredentialsIdentity identity) {
    DayKey kept = last;
    if (kept == null || !kept.isOf(day, identity)) {
      String secret = identity.secretAccessKey();
      byte[] key = ("AWS4" + secret).getBytes(UTF_8);
      for (String part : new String[] {day, region, service, TERMINATOR}) {
        key = hmac(key, part);
      }
      kept = new DayKey(day, identity.accessKeyId(), secret, key);
      last = kept;
    }
    return kept.key();
  }

  private static byte[] hmac(byte[] key, String text) {
    Mac hmac = DIGESTS.get().hmac;
    try {
      hmac.init(new SecretKeySpec(key, HMAC));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
    return hmac.doFinal(text.getBytes(UTF_8));
  }
}
