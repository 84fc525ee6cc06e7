/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.localaws.sts.Role;
import io.sluice.localaws.sts.Roles;
import io.sluice.localaws.sts.StsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.model.StsException;

/** A session of a role is used for half of its life, and kept when there is no other. */
class AssumedRoleTest {
  private static final String ARN = "arn:aws:iam::111111111111:role/lake";
  private static final StaticCredentialsProvider CALLER =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("caller", "secret"));

  private final Roles roles =
      new Roles(
          List.of(new Role(ARN, new AccessKey("lakekey", "lakesecret"))),
          Optional.of("nightly"),
          Duration.ofHours(1));
  private final AtomicLong now = new AtomicLong();
  private StsServer server;

  @BeforeEach
  void start() throws IOException {
    server = StsServer.start(InetAddress.getLoopbackAddress(), 0, roles);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesTheKeyOfTheRole() {
    AwsSessionCredentials credentials =
        (AwsSessionCredentials) role(ARN, "nightly").resolveCredentials();
    assertThat(credentials.accessKeyId(), is("lakekey"));
    assertThat(credentials.secretAccessKey(), is("lakesecret"));
    assertThat(credentials.sessionToken(), is("session1"));
  }

  @Test
  void assumesItAgainAfterHalfOfASession() {
    AssumedRole role = role(ARN, "nightly");
    role.resolveCredentials();
    after(Duration.ofMinutes(29));
    role.resolveCredentials();
    assertThat(roles.sessions(), is(1L));
    after(Duration.ofMinutes(2));
    role.resolveCredentials();
    role.resolveCredentials();
    assertThat(roles.sessions(), is(2L));
  }

  @Test
  void keepsASessionWhileStsDoesNotAnswerUntilItEnds() {
    AssumedRole role = role(ARN, "nightly");
    role.resolveCredentials();
    server.close();
    after(Duration.ofMinutes(45));
    assertThat(((AwsSessionCredentials) role.resolveCredentials()).sessionToken(), is("session1"));
    after(Duration.ofMinutes(16));
    assertThrows(SdkException.class, role::resolveCredentials);
  }

  @Test
  void nobodyWaitsForStsWhileASessionIsValid() throws Exception {
    AssumedRole role = role(ARN, "nightly");
    role.resolveCredentials();
    int port = server.port();
    server.close();
    after(Duration.ofMinutes(45));
    // It takes a request, and answers when the others have gone on.
    try (ServerSocket hanging = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<?> asking = CompletableFuture.runAsync(role::resolveCredentials);
      try (Socket request = hanging.accept()) {
        assertThat(
            ((AwsSessionCredentials) role.resolveCredentials()).sessionToken(), is("session1"));
        assertThat(asking.isDone(), is(false));
      }
      hanging.close();
      asking.get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void saysWhichRoleIsRefused() {
    for (AssumedRole role : List.of(role(ARN, null), role(ARN + "2", "nightly"))) {
      StsException refused = assertThrows(StsException.class, role::resolveCredentials);
      assertThat(
          refused.getMessage(),
          containsString("is not authorized to perform: sts:AssumeRole on resource: " + ARN));
    }
    assertThat(roles.sessions(), is(0L));
  }

  private AssumedRole role(String arn, String externalId) {
    URI endpoint = URI.create("http://localhost:" + server.port());
    return new AssumedRole(
        new AssumedRole.Role(arn, externalId, Region.US_EAST_1, endpoint), CALLER, now::get);
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
