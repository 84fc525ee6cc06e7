/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Sends requests whose bodies are already encoded, classifies failures, and decides how long to
 * retry.
 */
package io.sluice.dynamodb.wire;
