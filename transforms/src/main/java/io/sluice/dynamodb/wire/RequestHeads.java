/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.item.json.ItemJsonBuffer;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Makes the heads of requests that differ in their bodies only. They are signed with Signature
 * Version 4 as by the SDK's signer, which signs an example; what the heads have in common is copied
 * from it, and put together once.
 */
final class RequestHeads {
  private static final String LENGTH = "Content-Length";
  private static final String DATE = "X-Amz-Date";
  private static final String TOKEN = "X-Amz-Security-Token";
  private static final String HASH = "x-amz-content-sha256";
  private static final String SIGNATURE = "Authorization";

  private static final Set<String> OF_ONE_REQUEST = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OF_ONE_REQUEST.addAll(Set.of(LENGTH, DATE, TOKEN, HASH, SIGNATURE));
  }

  private static final String END = "\r\n";
  private static final Pattern SIGNED = Pattern.compile("SignedHeaders=([^,]+), ");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The names in lower case of the headers that are signed, with the values of those that stay. */
  private final Map<String, String> signed = new TreeMap<>();

  private final String start;
  private final String method;
  private final boolean hasHash;
  private final SigningKey key;

  private RequestHeads(SdkRoute.Template template, SdkHttpRequest example, String names) {
    this.method = example.method().name();
    this.hasHash = example.firstMatchingHeader(HASH).isPresent();
    this.key = new SigningKey(template.region(), template.service());
    for (String name : names.split(";", -1)) {
      String value = String.join(",", example.matchingHeaders(name));
      signed.put(name, OF_ONE_REQUEST.contains(name) ? "" : canonical(value));
    }
    signed.put(TOKEN.toLowerCase(Locale.ROOT), "");
    StringBuilder lines = new StringBuilder(method).append(" / HTTP/1.1").append(END);
    example.forEachHeader(
        (name, values) -> {
          if (!OF_ONE_REQUEST.contains(name)) {
            values.forEach(value -> line(lines, name, value));
          }
        });
    this.start = lines.toString();
  }

  /**
   * Returns the heads of requests that are made of this template; empty when they would not be what
   * the SDK's signer makes of it with these credentials.
   */
  static Optional<RequestHeads> like(SdkRoute.Template template, AwsCredentialsIdentity identity) {
    SdkHttpRequest request = template.request();
    if (!request.encodedPath().equals("/") || request.encodedQueryParameters().isPresent()) {
      return Optional.empty();
    }
    ItemJsonBuffer body = new ItemJsonBuffer().raw("{}");
    SdkHttpRequest example =
        template
            .sign(
                AwsV4HttpSigner.create(),
                () -> new ByteArrayInputStream(body.array(), 0, body.size()),
                body.size(),
                identity)
            .request();
    Matcher names = SIGNED.matcher(example.firstMatchingHeader(SIGNATURE).orElse(""));
    if (!names.find()) {
      return Optional.empty();
    }
    RequestHeads heads = new RequestHeads(template, example, names.group(1));
    String head = heads.of(body, identity, example.firstMatchingHeader(DATE).orElseThrow());
    return linesOf(head).equals(linesOf(example)) ? Optional.of(heads) : Optional.empty();
  }

  private static Set<String> linesOf(String head) {
    Set<String> lines = new TreeSet<>(Arrays.asList(head.split(END)));
    lines.removeIf(line -> line.endsWith(" HTTP/1.1"));
    return lines;
  }

  private static Set<String> linesOf(SdkHttpRequest request) {
    Set<String> lines = new TreeSet<>();
    request.forEachHeader(
        (name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
    return lines;
  }

  private static String canonical(String value) {
    return value.strip().replaceAll("\\s+", " ");
  }

  private static StringBuilder line(StringBuilder to, String name, String value) {
    return to.append(name).append(": ").append(value).append(END);
  }

  /** Returns the request line and the headers of a request, with the empty line at their end. */
  byte[] of(ItemJsonBuffer body, AwsCredentialsIdentity identity, Instant now) {
    return of(body, identity, TIME.format(now)).getBytes(ISO_8859_1);
  }

  private String of(ItemJsonBuffer body, AwsCredentialsIdentity identity, String time) {
    String length = Integer.toString(body.size());
    String hash = SigningKey.sha256(body.array(), body.size());
    String token = identity instanceof AwsSessionCredentialsIdentity s ? s.sessionToken() : "";
    StringBuilder names = new StringBuilder(128);
    StringBuilder canonical = new StringBuilder(1024).append(method).append("\n/\n\n");
    for (Map.Entry<String, String> header : signed.entrySet()) {
      String name = header.getKey();
      String value =
          switch (name) {
            case "content-length" -> length;
            case "x-amz-date" -> time;
            case "x-amz-security-token" -> token;
            case HASH -> hash;
            default -> header.getValue();
          };
      if (!(value.isEmpty() && name.equals("x-amz-security-token"))) {
        canonical.append(name).append(':').append(value).append('\n');
        names.append(names.isEmpty() ? "" : ";").append(name);
      }
    }
    canonical.append('\n').append(names).append('\n').append(hash);
    String signature = key.sign(canonical.toString(), time, identity);
    StringBuilder head = new StringBuilder(1024).append(start);
    line(head, LENGTH, length);
    line(head, DATE, time);
    if (!token.isEmpty()) {
      line(head, TOKEN, token);
    }
    if (hasHash) {
      line(head, HASH, hash);
    }
    head.append(SIGNATURE).append(": ").append(SigningKey.ALGORITHM).append(" Credential=");
    head.append(identity.accessKeyId()).append('/').append(key.scope(time));
    head.append(", SignedHeaders=").append(names).append(", Signature=").append(signature);
    return head.append(END).append(END).toString();
  }
}
