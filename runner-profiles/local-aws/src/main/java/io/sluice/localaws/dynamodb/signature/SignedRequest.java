/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Holds what a signature covers of a request.
 *
 * @param path as it was sent, without the query
 * @param query as it was sent, without its question mark, empty if there is none
 * @param headers gives the values of a header, in their order, by its name in any case
 * @param body not to be changed
 */
public record SignedRequest(
    String method, String path, String query, Function<String, List<String>> headers, byte[] body) {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** Gives the first value of a header, empty if there is none. */
  String header(String name) {
    List<String> values = headers.apply(name);
    return values.isEmpty() ? "" : values.get(0).trim();
  }

  /** Writes the request in the form whose hash is signed. */
  String canonical(List<String> signedHeaders) {
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n');
    canonical.append(encode(path.isEmpty() ? "/" : path, "/")).append('\n');
    canonical.append(canonicalQuery()).append('\n');
    for (String name : signedHeaders) {
      canonical.append(name.toLowerCase(Locale.ROOT)).append(':');
      canonical.append(values(name)).append('\n');
    }
    canonical.append('\n');
    canonical.append(String.join(";", signedHeaders)).append('\n');
    return canonical.append(Hashes.hex(Hashes.sha256(body))).toString();
  }

  private String values(String name) {
    List<String> values = new ArrayList<>();
    for (String value : headers.apply(name)) {
      values.add(value.trim().replaceAll(" +", " "));
    }
    return String.join(",", values);
  }

  private String canonicalQuery() {
    if (query.isEmpty()) {
      return "";
    }
    List<String> parameters = new ArrayList<>();
    for (String parameter : query.split("&")) {
      int equals = parameter.indexOf('=');
      parameters.add(
          equals < 0
              ? encode(parameter, "%") + "="
              : encode(parameter.substring(0, equals), "%")
                  + "="
                  + encode(parameter.substring(equals + 1), "%="));
    }
    parameters.sort(null);
    return String.join("&", parameters);
  }

  /** Encodes all characters but those that a URI may have anywhere, and those of {@code kept}. */
  private static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      if (UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
