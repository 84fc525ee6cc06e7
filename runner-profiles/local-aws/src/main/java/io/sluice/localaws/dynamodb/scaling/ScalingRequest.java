/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the members of requests of Application Auto Scaling, and checks them. */
final class ScalingRequest {

  private static final String TRACKING = "TargetTrackingScalingPolicyConfiguration";

  private final Map<String, Object> members;

  ScalingRequest(Map<String, Object> members) {
    this.members = members;
    if (!"dynamodb".equals(members.get("ServiceNamespace"))) {
      throw DynamoDbException.validation("Unsupported service namespace");
    }
  }

  /** Gives a string that must be there. */
  String text(String name) {
    if (!(members.get(name) instanceof String text)) {
      throw missing(name);
    }
    return text;
  }

  Dimension dimension() {
    return Dimension.of(text("ResourceId"), text("ScalableDimension"));
  }

  /** Reports whether a Describe request wants a dimension. */
  boolean fits(Dimension dimension) {
    Object ids = members.get("ResourceIds");
    Object id = members.get("ResourceId");
    Object name = members.get("ScalableDimension");
    return (!(ids instanceof List<?> list) || list.contains(dimension.resource()))
        && (id == null || id.equals(dimension.resource()))
        && (name == null || name.equals(dimension.name()));
  }

  /** Reads RegisterScalableTarget, which need not repeat bounds that are known. */
  Scalable scalable(List<Scalable> known, Instant now) {
    Dimension dimension = dimension();
    Optional<Scalable> before =
        known.stream().filter(each -> each.dimension().equals(dimension)).findFirst();
    long least = bound("MinCapacity", before.map(Scalable::least));
    long most = bound("MaxCapacity", before.map(Scalable::most));
    if (least < 1 || least > most) {
      throw DynamoDbException.validation(
          "Maximum capacity cannot be less than minimum capacity, which must be at least 1");
    }
    return new Scalable(dimension, least, most, before.map(Scalable::created).orElse(now));
  }

  private long bound(String name, Optional<Long> before) {
    Optional<BigDecimal> given = number(members, name);
    return given.map(BigDecimal::longValue).or(() -> before).orElseThrow(() -> missing(name));
  }

  /** Reads PutScalingPolicy. */
  Policy policy(Instant now) {
    Dimension dimension = dimension();
    if (!"TargetTrackingScaling".equals(members.get("PolicyType"))
        || !(members.get(TRACKING) instanceof Map<?, ?> tracking)) {
      throw DynamoDbException.validation(
          "Only policies of the type TargetTrackingScaling are supported");
    }
    Object metric =
        tracking.get("PredefinedMetricSpecification") instanceof Map<?, ?> specification
            ? specification.get("PredefinedMetricType")
            : null;
    if (!dimension.metric().equals(metric)) {
      throw DynamoDbException.validation(
          "The predefined metric must be " + dimension.metric() + " for " + dimension.name());
    }
    double target =
        number(tracking, "TargetValue").orElseThrow(() -> missing("TargetValue")).doubleValue();
    if (target < 20 || target > 90) {
      throw DynamoDbException.validation("Target utilization must be between 20 and 90");
    }
    return new Policy(
        text("PolicyName"),
        dimension,
        target,
        seconds(tracking, "ScaleOutCooldown"),
        seconds(tracking, "ScaleInCooldown"),
        Boolean.TRUE.equals(tracking.get("DisableScaleIn"))
            ? Policy.ScaleIn.DISABLED
            : Policy.ScaleIn.ALLOWED,
        now);
  }

  private static Duration seconds(Map<?, ?> from, String name) {
    return Duration.ofSeconds(number(from, name).map(BigDecimal::longValue).orElse(0L));
  }

  private static Optional<BigDecimal> number(Map<?, ?> from, String name) {
    return from.get(name) instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
  }

  private static DynamoDbException missing(String name) {
    return DynamoDbException.validation(
        "1 validation error detected: Value at '"
            + Character.toLowerCase(name.charAt(0))
            + name.substring(1)
            + "' failed to satisfy constraint: Member must not be null");
  }
}
