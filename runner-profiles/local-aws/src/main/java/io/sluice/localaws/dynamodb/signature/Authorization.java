/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what the header Authorization of a request says.
 *
 * @param scope of the credential: the id of the key, the day, the region, the service, aws4_request
 * @param date when the request was signed, 20260131T235959Z for example
 */
record Authorization(
    List<String> scope, List<String> signedHeaders, String signature, String date) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final int SCOPE_PARTS = 5;

  /**
   * Reads the header.
   *
   * @throws DynamoDbException a MissingAuthenticationTokenException if there is none of this
   *     version of signatures, an IncompleteSignatureException if it lacks a part
   */
  static Authorization read(SignedRequest request) {
    String header = request.header("Authorization");
    if (!header.startsWith("AWS4-")) {
      throw missing();
    }
    Map<String, String> parts = parts(header);
    String date = request.header("X-Amz-Date");
    if (date.isEmpty()) {
      date = request.header("Date");
    }
    List<String> problems = new ArrayList<>();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (!parts.containsKey(name)) {
        problems.add("Authorization header requires '" + name + "' parameter.");
      }
    }
    if (date.isEmpty()) {
      problems.add(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    if (!problems.isEmpty()) {
      throw incomplete(String.join(" ", problems) + " " + hashed(header));
    }
    String credential = parts.get("Credential");
    List<String> scope = List.of(credential.split("/", -1));
    if (scope.size() != SCOPE_PARTS) {
      throw incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g. "
              + "keyid/date/region/service/term, got '"
              + credential
              + "'");
    }
    return new Authorization(
        scope, List.of(parts.get("SignedHeaders").split(";")), parts.get("Signature"), date);
  }

  /** Makes the error for a request without a signature. */
  static DynamoDbException missing() {
    return DynamoDbException.of(
        "MissingAuthenticationTokenException", "Request is missing Authentication Token");
  }

  /** Makes the error for a signature that lacks a part, or has one that cannot be read. */
  static DynamoDbException incomplete(String message) {
    return DynamoDbException.of("IncompleteSignatureException", message);
  }

  private static Map<String, String> parts(String header) {
    Map<String, String> parts = new HashMap<>();
    // The service takes spaces for commas, and the other way round.
    for (String part : header.split("[, ]+")) {
      int equals = part.indexOf('=');
      if (equals > 0 && equals < part.length() - 1) {
        parts.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return parts;
  }

  private static String hashed(String header) {
    return "(Hashed with SHA-256 and encoded with Base64) Authorization="
        + Base64.getEncoder().encodeToString(Hashes.sha256(header.getBytes(UTF_8)));
  }

  String keyId() {
    return scope.get(0);
  }

  /** Computes the signature that this should have. */
  String expected(SignedRequest request, String secret) {
    String canonical = request.canonical(signedHeaders);
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            date,
            String.join("/", scope.subList(1, SCOPE_PARTS)),
            Hashes.hex(Hashes.sha256(canonical.getBytes(UTF_8))));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : scope.subList(1, SCOPE_PARTS)) {
      key = Hashes.hmac(key, part);
    }
    return Hashes.hex(Hashes.hmac(key, toSign));
  }
}
