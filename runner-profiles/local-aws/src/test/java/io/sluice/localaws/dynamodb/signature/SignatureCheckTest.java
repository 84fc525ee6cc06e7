/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.signature;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final AccessKey KEY = new AccessKey("id", "secret");
  private static final String SCOPE = "Credential=id/20260131/eu-west-1/dynamodb/aws4_request";
  private static final String REST = ", SignedHeaders=host;x-amz-date, Signature=00";

  private static SignedRequest request(String authorization, String date) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("host", List.of("localhost"));
    headers.put("Authorization", List.of(authorization));
    headers.put("X-Amz-Date", date.isEmpty() ? List.of() : List.of(date));
    headers.put("x-amz-date", headers.get("X-Amz-Date"));
    return new SignedRequest(
        "POST", "/", "", name -> headers.getOrDefault(name, List.of()), new byte[0]);
  }

  private static String error(String authorization, String date) {
    DynamoDbException error =
        assertThrows(
            DynamoDbException.class,
            () -> new SignatureCheck(KEY, () -> NOW).check(request(authorization, date)));
    return error.type() + ": " + error.getMessage();
  }

  @Test
  void acceptsAnOldSignatureUpToTheMinute() {
    for (String date : List.of("20260131T114500Z", "20260131T120000Z", "20260131T121500Z")) {
      Authorization unsigned =
          Authorization.read(request("AWS4-HMAC-SHA256 " + SCOPE + REST, date));
      String signature = unsigned.expected(request("", date), KEY.secret());
      new SignatureCheck(KEY, () -> NOW)
          .check(request("AWS4-HMAC-SHA256 " + SCOPE + REST.replace("=00", "=" + signature), date));
    }
  }

  @Test
  void saysByHowMuchAClockIsWrong() {
    assertThat(
        error("AWS4-HMAC-SHA256 " + SCOPE + REST, "20260131T114459Z"),
        is(
            "InvalidSignatureException: Signature expired: 20260131T114459Z is now earlier than "
                + "20260131T114500Z (20260131T120000Z - 15 min.)"));
    assertThat(
        error("AWS4-HMAC-SHA256 " + SCOPE + REST, "20260131T121501Z"),
        is(
            "InvalidSignatureException: Signature not yet current: 20260131T121501Z is still later "
                + "than 20260131T121500Z (20260131T120000Z + 15 min.)"));
  }

  @Test
  void saysWhatASignatureLacks() {
    assertThat(
        error("", "20260131T120000Z"),
        is("MissingAuthenticationTokenException: Request is missing Authentication Token"));
    assertThat(
        error("AWS4-", ""),
        is(
            "IncompleteSignatureException: Authorization header requires 'Credential' parameter. "
                + "Authorization header requires 'Signature' parameter. Authorization header "
                + "requires 'SignedHeaders' parameter. Authorization header requires existence of "
                + "either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with "
                + "Base64) Authorization="
                + "JYgSZISbb+IceCTPYFPItoz618G3XCO+tvXHRyzn7Bo="));
    assertThat(
        error("AWS4-HMAC-SHA256 Credential=id/x" + REST, "20260131T120000Z"),
        is(
            "IncompleteSignatureException: Credential must have exactly 5 slash-delimited "
                + "elements, e.g. keyid/date/region/service/term, got 'id/x'"));
    assertThat(
        error("AWS4-HMAC-SHA256 " + SCOPE + REST, "2026-01-31"),
        is(
            "IncompleteSignatureException: Date must be in ISO-8601 'basic format'. Got "
                + "'2026-01-31'. See http://en.wikipedia.org/wiki/ISO_8601"));
  }

  @Test
  void checksTheScope() {
    assertThat(
        error("AWS4-HMAC-SHA256 " + SCOPE.replace("0131", "0130") + REST, "20260131T120000Z"),
        is(
            "InvalidSignatureException: Date in Credential scope does not match YYYYMMDD from "
                + "ISO-8601 version of date from HTTP: '20260130' != '20260131', from "
                + "'20260131T120000Z'."));
    assertThat(
        error("AWS4-HMAC-SHA256 " + SCOPE.replace("dynamodb", "s3") + REST, "20260131T120000Z"),
        is(
            "InvalidSignatureException: Credential should be scoped to correct service: "
                + "'dynamodb'."));
    assertThat(
        error("AWS4-HMAC-SHA256 " + SCOPE + REST.replace("host;", ""), "20260131T120000Z"),
        is(
            "InvalidSignatureException: 'Host' or ':authority' must be a 'SignedHeader' in the AWS "
                + "Authorization."));
  }

  @Test
  void keepsTheSecretToItself() {
    assertThat(KEY.toString(), not(containsString("secret")));
  }
}
