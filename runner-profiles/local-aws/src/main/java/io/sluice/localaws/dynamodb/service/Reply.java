/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

/**
 * Holds the answer to a request.
 *
 * @param status of HTTP: 200, 400 or 500
 * @param body JSON; not to be changed
 */
public record Reply(int status, byte[] body) {}
