/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Sends HTTP/1.1 requests whose bodies are byte arrays over connections that are kept, from the
 * threads that wait for the answers.
 */
package io.sluice.dynamodb.http;
