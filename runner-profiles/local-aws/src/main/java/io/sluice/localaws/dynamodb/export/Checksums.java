/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Computes the checksums of exports. */
final class Checksums {

  private Checksums() {}

  /** Computes the MD5 of {@code content}, in base 64. */
  static String md5(byte[] content) {
    MessageDigest md5 = md5();
    md5.update(content);
    return text(md5);
  }

  /** Spells what a digest has come to, in base 64. */
  static String text(MessageDigest digest) {
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /** Begins an MD5. */
  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
