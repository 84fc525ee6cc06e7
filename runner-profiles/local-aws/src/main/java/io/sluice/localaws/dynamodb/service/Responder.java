/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

/** Answers requests, and says how the answers reach the client. */
public interface Responder {

  /** Reports whether there is an operation of the name in the header X-Amz-Target. */
  boolean has(String target);

  /**
   * Does what a request says.
   *
   * @param target the header X-Amz-Target, {@code DynamoDB_20120810.PutItem} for example
   * @param body not to be changed
   * @param region the one that the request was signed for
   */
  Outcome respond(String target, byte[] body, String region);
}
