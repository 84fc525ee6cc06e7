/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Signs examples that AWS publishes, of "Signature Version 4 test suite" and "Signing examples".
 */
class SignatureVectorsTest {

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private static String sign(
      String service, String method, String query, String body, Map<String, List<String>> headers) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.putIfAbsent("Host", List.of("example.amazonaws.com"));
    all.put("X-Amz-Date", List.of("20150830T123600Z"));
    List<String> names = all.keySet().stream().map(String::toLowerCase).sorted().toList();
    SignedRequest request =
        new SignedRequest(
            method, "/", query, name -> all.getOrDefault(name, List.of()), body.getBytes(UTF_8));
    return new Authorization(
            List.of("AKIDEXAMPLE", "20150830", "us-east-1", service, "aws4_request"),
            names,
            "",
            "20150830T123600Z")
        .expected(request, SECRET);
  }

  @Test
  void signsTheLeast() {
    assertThat(
        sign("service", "GET", "", "", Map.of()),
        is("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));
    assertThat(
        sign("service", "POST", "", "", Map.of()),
        is("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"));
  }

  @Test
  void signsBodies() {
    assertThat(
        sign(
            "service",
            "POST",
            "",
            "Param1=value1",
            Map.of("Content-Type", List.of("application/x-www-form-urlencoded"))),
        is("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
  }

  @Test
  void signsQueries() {
    assertThat(
        sign("service", "GET", "Param2=value2&Param1=value1", "", Map.of()),
        is("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"));
    assertThat(
        sign(
            "iam",
            "GET",
            "Action=ListUsers&Version=2010-05-08",
            "",
            Map.of(
                "Host",
                List.of("iam.amazonaws.com"),
                "Content-Type",
                List.of("application/x-www-form-urlencoded; charset=utf-8"))),
        is("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"));
  }

  @Test
  void trimsHeaders() {
    assertThat(
        sign(
            "service",
            "GET",
            "",
            "",
            Map.of("My-Header1", List.of(" value1"), "My-Header2", List.of(" \"a   b   c\""))),
        is("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"));
  }
}
