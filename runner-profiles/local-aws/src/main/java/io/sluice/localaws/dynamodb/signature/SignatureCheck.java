/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/**
 * Checks that requests are signed with the one access key that there is, at most 15 minutes ago or
 * ahead of the clock.
 *
 * <p>The order of the checks and the messages are the service's, as far as the community has seen
 * them. Each region is right; a session token is not looked at.
 */
public final class SignatureCheck {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int MAX_MINUTES = 15;
  private static final int DAY_LENGTH = 8;
  private static final String SERVICE = "dynamodb";

  private final AccessKey key;
  private final InstantSource clock;

  /** Checks against {@code key}. */
  public SignatureCheck(AccessKey key, InstantSource clock) {
    this.key = Objects.requireNonNull(key, "key");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Checks a request.
   *
   * @throws DynamoDbException a MissingAuthenticationTokenException, an
   *     IncompleteSignatureException, an UnrecognizedClientException or an
   *     InvalidSignatureException
   */
  public void check(SignedRequest request) {
    Authorization authorization = Authorization.read(request);
    checkDate(authorization);
    checkScope(authorization);
    if (!authorization.keyId().equals(key.id())) {
      throw DynamoDbException.of(
          "UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    String expected = authorization.expected(request, key.secret());
    if (!MessageDigest.isEqual(
        expected.getBytes(UTF_8), authorization.signature().getBytes(UTF_8))) {
      throw invalid(
          "The request signature we calculated does not match the signature you provided. Check "
              + "your AWS Secret Access Key and signing method. Consult the service documentation "
              + "for details.");
    }
  }

  private void checkDate(Authorization authorization) {
    Instant date;
    try {
      date = DATE.parse(authorization.date(), Instant::from);
    } catch (DateTimeException e) {
      throw Authorization.incomplete(
          "Date must be in ISO-8601 'basic format'. Got '"
              + authorization.date()
              + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }
    Instant now = clock.instant();
    Instant earliest = now.minus(Duration.ofMinutes(MAX_MINUTES));
    if (date.isBefore(earliest)) {
      throw invalid(
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(print(date), print(earliest), print(now), MAX_MINUTES));
    }
    Instant latest = now.plus(Duration.ofMinutes(MAX_MINUTES));
    if (date.isAfter(latest)) {
      throw invalid(
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(print(date), print(latest), print(now), MAX_MINUTES));
    }
  }

  private static void checkScope(Authorization authorization) {
    String day = authorization.scope().get(1);
    if (!day.equals(authorization.date().substring(0, DAY_LENGTH))) {
      throw invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
              + "HTTP: '%s' != '%s', from '%s'."
                  .formatted(
                      day, authorization.date().substring(0, DAY_LENGTH), authorization.date()));
    }
    if (!authorization.scope().get(3).equals(SERVICE)) {
      throw invalid("Credential should be scoped to correct service: '" + SERVICE + "'.");
    }
    if (authorization.signedHeaders().stream().noneMatch("host"::equalsIgnoreCase)) {
      throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
  }

  private static DynamoDbException invalid(String message) {
    return DynamoDbException.of("InvalidSignatureException", message);
  }

  private static String print(Instant instant) {
    return DATE.format(instant);
  }
}
