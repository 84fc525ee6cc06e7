/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes scalable targets and policies. */
final class ScalingJson {

  private ScalingJson() {}

  /** Writes the members of the answer to DescribeScalableTargets. */
  static void writeScalables(JsonGenerator json, List<Scalable> scalables) throws IOException {
    json.writeArrayFieldStart("ScalableTargets");
    for (Scalable scalable : scalables) {
      json.writeStartObject();
      write(json, scalable.dimension(), scalable.created());
      json.writeNumberField("MinCapacity", scalable.least());
      json.writeNumberField("MaxCapacity", scalable.most());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes the members of the answer to DescribeScalingPolicies. */
  static void writePolicies(JsonGenerator json, List<Policy> policies, String region)
      throws IOException {
    json.writeArrayFieldStart("ScalingPolicies");
    for (Policy policy : policies) {
      json.writeStartObject();
      writeArn(json, policy, region);
      json.writeStringField("PolicyName", policy.name());
      write(json, policy.dimension(), policy.created());
      json.writeStringField("PolicyType", "TargetTrackingScaling");
      json.writeObjectFieldStart("TargetTrackingScalingPolicyConfiguration");
      json.writeNumberField("TargetValue", policy.target());
      json.writeObjectFieldStart("PredefinedMetricSpecification");
      json.writeStringField("PredefinedMetricType", policy.dimension().metric());
      json.writeEndObject();
      json.writeNumberField("ScaleOutCooldown", policy.outCooldown().toSeconds());
      json.writeNumberField("ScaleInCooldown", policy.inCooldown().toSeconds());
      json.writeBooleanField("DisableScaleIn", policy.in() == Policy.ScaleIn.DISABLED);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Dimension dimension, Instant created)
      throws IOException {
    json.writeStringField("ServiceNamespace", "dynamodb");
    json.writeStringField("ResourceId", dimension.resource());
    json.writeStringField("ScalableDimension", dimension.name());
    json.writeNumberField("CreationTime", BigDecimal.valueOf(created.toEpochMilli(), 3));
  }

  /** Writes a policy's ARN, which is the same for the same policy. */
  static void writeArn(JsonGenerator json, Policy policy, String region) throws IOException {
    UUID id =
        UUID.nameUUIDFromBytes(
            (policy.dimension() + policy.name()).getBytes(StandardCharsets.UTF_8));
    json.writeStringField(
        "PolicyARN",
        "arn:aws:autoscaling:"
            + region
            + ":000000000000:scalingPolicy:"
            + id
            + ":resource/dynamodb/"
            + policy.dimension().resource()
            + ":policyName/"
            + policy.name());
  }
}
