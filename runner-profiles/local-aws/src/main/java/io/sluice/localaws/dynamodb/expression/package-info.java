/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Parses and evaluates the expressions of requests. */
package io.sluice.localaws.dynamodb.expression;
