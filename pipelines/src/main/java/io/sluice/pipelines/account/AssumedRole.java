/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.account;

import io.sluice.capacity.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Provides the credentials of a role, and assumes it again when half of its session is over.
 *
 * <p>The SDK has a provider for this, and Beam sends it to workers. But there Beam creates the
 * client of STS with what the worker's environment says: {@code --awsRegion} is not used, and
 * without a region in the environment the worker fails. Nor does anything close that client, whose
 * thread would keep the classes of a job in a Flink session. This provider opens a client for each
 * request, which is one in half an hour.
 */
public final class AssumedRole implements AwsCredentialsProvider {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final String SESSION_NAME = "sluice";

  private final Role role;
  private final AwsCredentialsProvider caller;
  private final TimeSource time;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile @Nullable Session session;

  /**
   * A role, and where STS is.
   *
   * @param arn of the role
   * @param externalId what the role wants to be told; null for nothing
   * @param region of STS
   * @param sts its endpoint; null for that of AWS in the region
   */
  record Role(String arn, @Nullable String externalId, Region region, @Nullable URI sts) {}

  /** The nanoseconds are those of the time source. */
  private record Session(AwsCredentials credentials, long renewAt, long endsAt) {
    Session renewedAt(long nanos) {
      return new Session(credentials, nanos, endsAt);
    }
  }

  /**
   * @param caller the credentials of the account that may assume the role
   */
  AssumedRole(Role role, AwsCredentialsProvider caller, TimeSource time) {
    this.role = role;
    this.caller = caller;
    this.time = time;
  }

  /**
   * Returns the credentials of the role's session.
   *
   * @throws SdkException as STS does, when there is no session that is valid
   */
  @Override
  public AwsCredentials resolveCredentials() {
    Session current = session;
    return current != null && isBefore(current.renewAt())
        ? current.credentials()
        : renewed().credentials();
  }

  /** Requests wait for STS only when there is no session that is valid. */
  private Session renewed() {
    Session current = session;
    if (!isValid(current)) {
      renewing.lock();
    } else if (!renewing.tryLock()) {
      return current;
    }
    try {
      Session latest = session;
      if (latest == null || !isBefore(latest.renewAt())) {
        latest = isValid(latest) ? assumeOr(latest) : assume();
        session = latest;
      }
      return latest;
    } finally {
      renewing.unlock();
    }
  }

  private boolean isValid(@Nullable Session some) {
    return some != null && isBefore(some.endsAt());
  }

  private Session assumeOr(Session valid) {
    try {
      return assume();
    } catch (SdkException e) {
      return valid.renewedAt(time.nanos() + RETRY_AFTER.toNanos());
    }
  }

  private Session assume() {
    long now = time.nanos();
    Credentials answer = ask();
    long life = Duration.between(Instant.now(), answer.expiration()).toNanos();
    // A clock that is wrong must not make a session last longer than was asked for.
    life = Math.max(0, Math.min(life, LIFE.toNanos()));
    return new Session(
        AwsSessionCredentials.create(
            answer.accessKeyId(), answer.secretAccessKey(), answer.sessionToken()),
        now + life / 2,
        now + life);
  }

  private Credentials ask() {
    StsClientBuilder builder =
        StsClient.builder()
            .region(role.region())
            .credentialsProvider(caller)
            .overrideConfiguration(settings -> settings.apiCallTimeout(LONGEST));
    if (role.sts() != null) {
      builder.endpointOverride(role.sts());
    }
    AssumeRoleRequest request =
        AssumeRoleRequest.builder()
            .roleArn(role.arn())
            .roleSessionName(SESSION_NAME)
            .externalId(role.externalId())
            .durationSeconds((int) LIFE.toSeconds())
            .build();
    try (StsClient sts = builder.build()) {
      return sts.assumeRole(request).credentials();
    }
  }

  private boolean isBefore(long nanos) {
    return time.nanos() - nanos < 0;
  }

  /** Names the role, and no key. */
  @Override
  public String toString() {
    return "AssumedRole(" + role.arn() + ")";
  }
}
