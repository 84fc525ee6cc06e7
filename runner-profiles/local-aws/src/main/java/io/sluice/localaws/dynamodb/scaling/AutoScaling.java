/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.service.Outcome;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.service.Responder;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;

/**
 * Answers the requests of Application Auto Scaling that DynamoDB has to do with, and has another
 * responder answer all others. Only target tracking of DynamoDB's own two metrics is played.
 */
public final class AutoScaling implements Responder {

  private static final String PREFIX = "AnyScaleFrontendService.";
  private static final Set<String> OPERATIONS =
      Set.of(
          "RegisterScalableTarget",
          "DeregisterScalableTarget",
          "DescribeScalableTargets",
          "PutScalingPolicy",
          "DeleteScalingPolicy",
          "DescribeScalingPolicies");
  private static final JsonFactory JSON = new JsonFactory();

  private final Responder responder;
  private final AutoScaler scaler;

  /**
   * Scales {@code tables} by what {@code throttle} charges.
   *
   * @param responder answers requests to DynamoDB
   */
  public AutoScaling(
      Responder responder,
      Tables tables,
      Throttle throttle,
      InstantSource clock,
      ScalingSettings settings) {
    this.responder = responder;
    this.scaler = new AutoScaler(tables, throttle, clock, settings);
  }

  @Override
  public boolean has(String target) {
    return target.startsWith(PREFIX)
        ? OPERATIONS.contains(target.substring(PREFIX.length()))
        : responder.has(target);
  }

  @Override
  public Outcome respond(String target, byte[] body, String region) {
    scaler.tick();
    return target.startsWith(PREFIX)
        ? Outcome.of(answer(target.substring(PREFIX.length()), body, region))
        : responder.respond(target, body, region);
  }

  private Reply answer(String operation, byte[] body, String region) {
    try (JsonParser json = JSON.createParser(body)) {
      ScalingRequest request = new ScalingRequest(JsonTree.read(json));
      Reply.Writing answer = run(operation, request, region);
      return Reply.json(
          200,
          out -> {
            out.writeStartObject();
            answer.to(out);
            out.writeEndObject();
          });
    } catch (DynamoDbException e) {
      return Reply.json(e.status(), e::write);
    } catch (IOException e) {
      return Reply.json(400, DynamoDbException.serialization(null)::write);
    }
  }

  private Reply.Writing run(String operation, ScalingRequest request, String region) {
    switch (operation) {
      case "RegisterScalableTarget" -> {
        scaler.register(request.scalable(scaler.scalables(), scaler.now()));
        return json -> {};
      }
      case "DeregisterScalableTarget" -> {
        scaler.deregister(request.dimension());
        return json -> {};
      }
      case "DescribeScalableTargets" -> {
        return json ->
            ScalingJson.writeScalables(
                json,
                scaler.scalables().stream()
                    .filter(each -> request.fits(each.dimension()))
                    .toList());
      }
      case "PutScalingPolicy" -> {
        Policy policy = request.policy(scaler.now());
        scaler.put(policy);
        return json -> ScalingJson.writeArn(json, policy, region);
      }
      case "DeleteScalingPolicy" -> {
        scaler.delete(request.dimension(), request.text("PolicyName"));
        return json -> {};
      }
      case "DescribeScalingPolicies" -> {
        return json ->
            ScalingJson.writePolicies(
                json,
                scaler.policies().stream().filter(each -> request.fits(each.dimension())).toList(),
                region);
      }
      default -> throw DynamoDbException.of("UnknownOperationException", null);
    }
  }
}
